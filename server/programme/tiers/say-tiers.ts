import { excludedFromTiers, outOfProgramme, type TierProgramme } from "@touchstone/shared/tier-shape.ts";
import type { Candidate, DemotionReason, Verdict } from "./candidate.ts";
import { numberOf } from "./meets-entry.ts";

/** Everything that a change of tier is told in: the card, the history and the property in HubSpot say the same sentence. */
export interface TierWords {
  readonly programme: TierProgramme;
  readonly caps: ReadonlyMap<string, { readonly cap: number | null }>;
  /** When a tier that was full got a free place, milliseconds since 1970. */
  readonly freeSince: Readonly<Record<string, number>>;
  readonly now: number;
}

export type TierMoveKind =
  | "entered"
  | "moved up"
  | "moved down"
  | "left"
  | "excluded"
  | "override"
  | "override ended"
  | "waits"
  | "waits no more";

export function tierName({ tiers }: TierProgramme, key: string): string {
  if (key === outOfProgramme) return "out of the programme";
  if (key === excludedFromTiers) return "excluded";
  return tiers.find((tier) => tier.key === key)?.name ?? key;
}

/** What happened, or null when the account is where it was. */
export function kindOfMove(candidate: Candidate, verdict: Verdict, programme: TierProgramme): TierMoveKind | null {
  const before = candidate.standing ?? nowhere;
  const from = before.tier;
  if (verdict.byOverride && (from !== verdict.tier || !before.byOverride)) return "override";
  if (before.byOverride && !verdict.byOverride) return "override ended";
  if (from === verdict.tier) return kindOfWait(before.waitingFor, verdict.waitingFor);
  if (verdict.tier === excludedFromTiers) return candidate.standing ? "excluded" : null;
  // Of a tier that the programme had once, too.
  if (verdict.tier === outOfProgramme) return isPlace(from) ? "left" : null;
  if (!isTier(programme, from)) return "entered";
  const place = (key: string) => programme.tiers.findIndex((tier) => tier.key === key);
  return place(verdict.tier) < place(from) ? "moved up" : "moved down";
}

const nowhere = { tier: outOfProgramme, byOverride: false, waitingFor: null };

function kindOfWait(before: string | null, now: string | null): TierMoveKind | null {
  if (before === now) return null;
  return now === null ? "waits no more" : "waits";
}

/** Some tier, of this programme or of one before. */
export const isPlace = (key: string): boolean => key !== outOfProgramme && key !== excludedFromTiers;
const isTier = ({ tiers }: TierProgramme, key: string): boolean => tiers.some((tier) => tier.key === key);

export function sayMove(kind: TierMoveKind | null, candidate: Candidate, verdict: Verdict, words: TierWords): string {
  const name = (key: string) => tierName(words.programme, key);
  const from = name(candidate.standing?.tier ?? outOfProgramme);
  const to = name(verdict.tier);
  const facts = sayFacts(candidate, verdict, words.programme);
  const sentence = {
    entered: `Entered ${to}: ${facts}.`,
    "moved up": `Moved up from ${from} to ${to}: ${facts}${sayFreePlace(verdict.tier, words)}.`,
    "moved down": `Moved down from ${from} to ${to}: ${facts}${sayApproval(candidate)}.`,
    left: `Left the programme from ${from}: ${facts}${sayApproval(candidate)}.`,
    excluded: "Excluded from scoring, so in no tier.",
    override: sayOverride(candidate, to),
    "override ended": `The override to ${from} ended: ${to}, ${facts}.`,
    waits: `In ${to}: ${facts}.`,
    "waits no more": `In ${to}: ${facts}.`,
  };
  return `${kind === null ? `${capital(to)}: ${facts}.` : sentence[kind]}${sayWaiting(verdict, words)}`;
}

export function sayDemotion(
  candidate: Candidate,
  demotion: { to: string; why: DemotionReason },
  words: TierWords,
): string {
  const from = candidate.standing?.tier ?? outOfProgramme;
  const { tiers, hysteresis } = words.programme;
  const tier = tiers.find((one) => one.key === from);
  const name = tierName(words.programme, from);
  const facts = sayFacts(candidate, { tier: from }, words.programme);
  const line = tier?.entry.conditions.find((condition) => condition.kind === "score")?.from;
  const why = {
    "below the line": `${facts}${line === undefined ? `, which ${name} does not take` : `, and ${name} is kept down to ${points(line - hysteresis.points)}`}`,
    "too few places": `${name} has ${words.caps.get(from)?.cap ?? 0} places, fewer than accounts, and this one ranks last (${facts})`,
    outranked: `an account that waits for ${name} ranks clearly higher (${facts})`,
  };
  return `Asks to move from ${name} to ${tierName(words.programme, demotion.to)}: ${why[demotion.why]}.`;
}

function sayWaiting({ waitingFor }: Verdict, { programme, caps }: TierWords): string {
  if (waitingFor === null) return "";
  const cap = caps.get(waitingFor)?.cap ?? programme.totalCap;
  return ` Waits for ${tierName(programme, waitingFor)}${cap === null ? "" : `: its ${cap} places are taken`}.`;
}

/** Only a tier that is full can have waited to be free. */
function sayFreePlace(tier: string, { caps, freeSince, now }: TierWords): string {
  if ((caps.get(tier)?.cap ?? null) === null) return "";
  return `, place free since ${sayDay(freeSince[tier] ?? now)}`;
}

const sayApproval = ({ standing }: Candidate): string => (standing?.demotion?.state === "approved" ? ", approved" : "");

const sayOverride = ({ override }: Candidate, to: string): string =>
  override
    ? `Set to ${to} by user ${override.by} until ${sayDay(override.expiresAt)}: ${override.reason}`
    : `Set to ${to}.`;

/** The figures that decide: those of the tier's entry, or the score where rank decides. */
function sayFacts(candidate: Candidate, { tier }: Pick<Verdict, "tier">, { tiers, rankBy }: TierProgramme): string {
  const entry = (tiers.find(({ key }) => key === tier) ?? tiers.at(-1))?.entry.conditions ?? [];
  const said = entry.map((condition) => {
    if (condition.kind === "score") return sayScore(candidate);
    if (condition.kind === "band") return `band ${candidate.band ?? "unknown"}`;
    return sayFact(candidate, condition);
  });
  if (said.length > 0) return [...new Set(said)].join(", ");
  return rankBy.kind === "score" ? sayScore(candidate) : sayFact(candidate, rankBy);
}

const sayScore = ({ score }: Candidate): string => (score === null ? "no score" : `score ${points(score)}`);

function sayFact(candidate: Candidate, { property, label }: { property: string; label: string }): string {
  const number = numberOf(candidate, property);
  const text = number === null ? candidate.facts[property]?.slice(0, 80) : number.toLocaleString("en-US");
  return `${label} ${text || "unknown"}`;
}

const points = (value: number): string => String(Math.round(value * 10) / 10);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "22 Nov 2026", UTC: a sentence is kept and read in every time zone. */
const sayDay = (at: number): string => day.format(at);
