import type { AccountScore, AxisScore, Evidence, GateResult, LedgerLine } from "./account-score.ts";
import type { BuyingRole, Seniority } from "./account-snapshot.ts";
import { type SignalKind, signalKinds } from "./signal-kinds.ts";

/**
 * The wording of scores: one voice on card, property and settings. Figures have at most three decimals and no trailing
 * zeros; times are left to the screen, which knows the reader's clock.
 */
export const seniorityText: Readonly<Record<Seniority, string>> = {
  c_level: "C-level",
  vp: "VP",
  director: "director",
  manager: "manager",
  individual: "individual contributor",
};

export const roleText: Readonly<Record<BuyingRole, string>> = {
  economic_buyer: "economic buyer",
  approver: "approver",
  champion: "champion",
  functional_owner: "functional owner",
  technical_evaluator: "technical evaluator",
  end_user: "end user",
  influencer: "influencer",
  blocker: "blocker",
  executive_sponsor: "executive sponsor",
};

/** What would raise a score, to begin a sentence: "A reply from a VP". */
const signalNoun: Readonly<Record<SignalKind, string>> = {
  email_open: "An opened email",
  email_click: "A click in an email",
  email_reply: "A reply",
  message_reply: "An answer to a message",
  form_submission: "A filled-in form",
  content_download: "A content download",
  information_request: "A request for information",
  demo_request: "A demo request",
  page_visit: "A visit to the website",
  pricing_page_visit: "A visit to pricing or the demo page",
  event_attended: "A webinar or event",
  meeting_booked: "A booked meeting",
  meeting_held: "A meeting",
  call_connected: "A phone call",
  email_bounce: "A bounced email",
  topic_research: "Research of our topic",
  competitor_research: "Research of competitors",
};

/** `who` is left out when it does not matter; "another" is somebody who has not engaged and may be new to the CRM. */
export function raiseText(kind: string, who: { seniority: Seniority | null; another: boolean } | null): string {
  const noun = isSignalKind(kind) ? signalNoun[kind] : `A signal "${signalText(kind)}"`;
  if (who === null) return noun;
  if (who.seniority === null) return `${noun} from ${who.another ? "another person" : "a person we know"}`;
  const article = who.seniority === "individual" ? "an" : "a";
  const person = who.seniority === "c_level" ? "C-level executive" : seniorityText[who.seniority];
  return `${noun} from ${who.another ? "another" : article} ${person}`;
}

/** "+5" or "−1.5", with a true minus sign. */
export function deltaText(delta: number): string {
  return delta < 0 ? `−${pointsText(-delta)}` : `+${pointsText(delta)}`;
}

/** Why a piece of evidence adds nothing, or less than it seems. */
export const evidenceNote = {
  role: "a blocker's activity is listed and adds no points",
  scanner: "looks like a mail scanner, not a person",
  repeat: "the same person did the same on this day: counts once",
  repeatStrength: "the same person on the same day: adds its size, not another visit",
} as const;

const isSignalKind = (kind: string): kind is SignalKind => Object.hasOwn(signalKinds, kind);
const isRole = (role: string): role is BuyingRole => Object.hasOwn(roleText, role);

/** What somebody did, to follow a name: "asked for a demo". A portal's own kind is read from its key. */
export function signalText(kind: string): string {
  return isSignalKind(kind) ? signalKinds[kind].label : kind.replace(/[_-]+/g, " ");
}

/** 3, 3.9 or 2.125. */
export function pointsText(points: number): string {
  return String(Math.round(points * 1000) / 1000);
}

export function countText(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "58 of 100" */
export function scoreText(score: AccountScore): string {
  return score.score === null ? "Excluded" : `${pointsText(score.score)} of ${pointsText(score.max)}`;
}

/** "Fit 24 of 40" */
export function axisText(axis: AxisScore): string {
  return `${axis.label} ${pointsText(axis.score)} of ${pointsText(axis.max)}`;
}

/** "58% known, provisional: 42 points are not known yet" */
export function coverageText(score: AccountScore): string {
  const percent = `${Math.round(score.coverage * 100)}% known`;
  const missing = Math.round((score.max - score.attainable) * 1000) / 1000;
  if (missing === 0) return percent;
  const detail = `${pointsText(missing)} points are not known yet`;
  return score.provisional ? `${percent}, provisional: ${detail}` : `${percent}: ${detail}`;
}

type Headed = Pick<AccountScore, "state" | "exclusion" | "band">;

/** The state in words, before any number (row 48): "Sales to call · Tier 2". */
export function headlineText(readiness: Headed | null, priority: Headed | null): string {
  const excluded = [readiness, priority].find((score) => score?.state === "excluded");
  if (excluded?.exclusion != null) return `Excluded: ${excluded.exclusion.label}`;
  const parts = [readiness?.band?.phrase, priority?.band?.label].filter((part) => part !== undefined);
  return parts.length === 0 ? "Not scored yet" : parts.join(" · ");
}

/** "Website visits: 5 of 8, 2 visits and 6 pages: regular visits" */
export function lineText(line: LedgerLine): string {
  const points = line.state === "unknown" ? "not known" : `${pointsText(line.points)} of ${pointsText(line.max)}`;
  return `${line.label}: ${points}, ${line.reason}`;
}

/** Names that people know for HubSpot's internal ones; any other is shown as it is. */
const propertyText: Readonly<Record<string, string>> = {
  industry: "Industry",
  numberofemployees: "Number of employees",
  annualrevenue: "Annual revenue",
  country: "Country",
  type: "Company type",
  touchstone_business_model: "Business model",
  touchstone_topic_research: "Topic research",
  touchstone_competitor_research: "Competitor research",
};

/** The name of a property as people know it; HubSpot's own for one that we do not know. */
export const propertyLabel = (name: string): string => propertyText[name] ?? name;

/** "72,000,000" for a long number, "Computer software" for an option's internal value; anything else as it is. */
export function valueText(value: string): string {
  if (/^\d{5,15}$/.test(value)) return value.replace(/\B(?=(\d{3})+$)/g, ",");
  if (!/^[A-Z]{4,}(_[A-Z0-9]+)*$/.test(value) && !/^[A-Z]+(_[A-Z0-9]+)+$/.test(value)) return value;
  return value.charAt(0) + value.slice(1).toLowerCase().replaceAll("_", " ");
}

/** "visited the website (3 pages)", "asked for a demo (Contact sales)" */
function signalDetail(evidence: Evidence): string {
  if (evidence.value === null) return "";
  return evidence.what === "page_visit"
    ? ` (${countText(Number(evidence.value), "page", "pages")})`
    : ` (${evidence.value})`;
}

/** What the evidence says, to follow a person's name where it has one: "asked for a demo (Contact sales)". */
export function evidenceText(evidence: Evidence): string {
  const detail = evidence.value === null ? "" : ` (${evidence.value})`;
  switch (evidence.kind) {
    case "signal":
      return `${signalText(evidence.what)}${signalDetail(evidence)}`;
    case "person":
      return `${isRole(evidence.what) ? roleText[evidence.what] : "no role set"}${detail}`;
    case "property":
      return `${propertyLabel(evidence.what)} is ${evidence.value === null ? "empty" : valueText(evidence.value)}`;
    case "judgement":
      return `judged ${evidence.value ?? evidence.what}`;
  }
}

/** "Ideal customer: yes" */
export function gateText(gate: GateResult): string {
  const answer = { passed: "yes", failed: "no", unknown: "not known" }[gate.state];
  return gate.purpose === "exclusion" && gate.state !== "unknown"
    ? `${gate.label}: ${gate.state === "failed" ? "yes" : "no"}`
    : `${gate.label}: ${answer}`;
}
