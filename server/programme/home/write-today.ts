import { buyingRolesOf } from "@touchstone/shared/buying-roles-of.ts";
import type { PortalStatusView } from "@touchstone/shared/card-api.ts";
import { cutText } from "@touchstone/shared/cut-text.ts";
import type { TodayLine, TodayView } from "@touchstone/shared/home-api.ts";
import { hotReason } from "@touchstone/shared/hot-text.ts";
import { goneOf } from "@touchstone/shared/judge-coverage.ts";
import { engages, packetLines } from "@touchstone/shared/packet-lines.ts";
import { personName } from "@touchstone/shared/person-name.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { canonicalOf } from "@touchstone/shared/role-taxonomies.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import { timeLeft } from "@touchstone/shared/time-left.ts";
import { type Askable, whomToAsk } from "@touchstone/shared/whom-to-ask.ts";
import type { ListedAccount } from "../../db/call-list.ts";
import type { GivenRoles } from "../../db/committees.ts";
import type { Portal } from "../../db/portals.ts";
import type { RecentSignal } from "../../db/recent-signals.ts";
import type { PersonsTouch } from "../../db/touches.ts";
import { nameCompany } from "./name-company.ts";
import type { RankedLine, RankedToday } from "./rank-today.ts";

export interface TodayFacts {
  readonly portal: Portal;
  /** Set while the portal is read for the first time. */
  readonly status: PortalStatusView | null;
  readonly ranked: RankedToday;
  readonly accounts: ReadonlyMap<string, ListedAccount>;
  readonly touches: ReadonlyMap<string, PersonsTouch | null>;
  readonly signals: readonly RecentSignal[];
  readonly people: ReadonlyMap<string, Readonly<Record<string, string | null>>>;
  /** Roles that were given to people of these accounts, and who has left. */
  readonly given: readonly GivenRoles[];
  readonly tiers: readonly TierTraits[];
  readonly now: number;
  readonly lookBackDays: number;
  readonly coolDownDays: number;
  readonly format: ReaderFormat;
}

const mostEvidence = 3;

/** The day's list in words. */
export function writeToday(facts: TodayFacts): TodayView {
  const { ranked } = facts;
  const byAccount = Map.groupBy(facts.signals, (signal) => signal.accountId);
  const lines = ranked.lines.map((line, index) =>
    writeLine(facts, line, index + 1, byAccount.get(line.accountId) ?? []),
  );
  return {
    summary: summaryOf(facts),
    lines,
    leftOut: leftOutOf(facts),
    empty: lines.length > 0 ? null : emptyOf(facts),
  };
}

const emptyText = {
  title: "Nobody to call right now",
  text: "No outreach clock runs, and no account is ready for a call that nobody has reached out to this week. This list fills by itself as people engage.",
};

const allInWork = {
  title: "The readiest accounts are all in work",
  text: "No outreach clock runs, and somebody has reached out this week to every account that was looked at.",
};

function emptyOf({ ranked, status }: TodayFacts) {
  if (status === null) return ranked.lookedAt === null ? emptyText : allInWork;
  return {
    title: "Accounts are still being read",
    text: `${farText(status)} Whom to call shows here by itself as accounts are scored.`,
  };
}

/** How far the first reading is. */
function farText({ reading, backfill, accounts, scored }: PortalStatusView): string {
  const number = (value: number) => value.toLocaleString("en");
  const far = reading ?? (backfill ? "Nearly done." : "It begins in a moment.");
  return `${far} Scored so far: ${number(scored)} of ${number(accounts)} companies that are read.`;
}

function summaryOf({ ranked, status }: TodayFacts): string {
  const { hot, over, calls } = ranked;
  const parts = [
    hot > 0 ? `${hot} hot` : "",
    over > 0 ? `${over} over ${over === 1 ? "its" : "their"} time` : "",
    calls > 0 ? `${calls} more to call` : "",
  ].filter(Boolean);
  if (parts.length > 0) return `${parts.join(", ")}.`;
  return status === null ? "Nothing is due." : "Nothing is due among what is read so far.";
}

function leftOutOf({ ranked, status, coolDownDays }: TodayFacts): string {
  const { inWork, hot, over, calls, lines, lookedAt } = ranked;
  const cut = hot + over + calls - lines.length;
  return [
    inWork > 0
      ? `${inWork} ready ${inWork === 1 ? "account is" : "accounts are"} in work: somebody reached out in the last ${coolDownDays} days.`
      : "",
    cut > 0 ? `${cut} more ${cut === 1 ? "is" : "are"} not shown.` : "",
    lookedAt === null ? "" : `Only the ${lookedAt} readiest accounts were looked at; there are more.`,
    status === null || lines.length === 0 ? "" : `Accounts are still being read, so more may come. ${farText(status)}`,
  ]
    .filter(Boolean)
    .join(" ");
}

function writeLine(facts: TodayFacts, line: RankedLine, rank: number, signals: readonly RecentSignal[]): TodayLine {
  const { portal, people, now, format } = facts;
  const account = facts.accounts.get(line.accountId);
  const evidence = packetLines(signals, people, mostEvidence).map(
    ({ text, at }) => `${cutText(text, 200)}, ${format.day(at)}`,
  );
  const { alert } = line;
  return {
    ...nameCompany(portal, line.accountId, account?.name),
    kind: line.kind,
    rank,
    standing: standingOf(facts, account),
    why: alert ? hotReason(alert) : (evidence[0] ?? "Ready for a call by its readiness."),
    person: personOf(facts, line.accountId, signals),
    evidence: alert ? evidence : evidence.slice(1),
    timeLeft: alert ? timeLeft(alert.dueAt, now) : null,
    due: alert ? `${alert.dueAt > now ? "until" : "was due"} ${format.moment(alert.dueAt)} (${portal.timeZone})` : null,
    lastTouch: touchOf(facts, line.accountId),
  };
}

function standingOf({ tiers }: TodayFacts, account: ListedAccount | undefined): string {
  const tier = tierLabel(tiers, account?.tier);
  const number = (label: string, value: number | null | undefined) => `${label} ${value ?? "n/a"}`;
  return [tier, number("priority", account?.score), number("readiness", account?.readiness)].join(" · ");
}

/** `signals`: of the account, the newest first. */
function personOf({ people, given }: TodayFacts, accountId: string, signals: readonly RecentSignal[]): string | null {
  const engaged = new Map<string, number>();
  for (const { kind, personId, at } of signals)
    if (personId !== null && engages(kind) && !engaged.has(personId)) engaged.set(personId, at);
  const known = [...engaged].flatMap(([personId, engagedAt]): Askable[] => {
    const person = people.get(personId);
    if (person === undefined) return [];
    const own = given.find((one) => one.accountId === accountId && one.personId === personId);
    return [
      {
        name: personName(person),
        title: person.jobtitle || null,
        canonicalRoles: [...buyingRolesOf(person.hs_buying_role), ...(own?.roles ?? []).flatMap(canonicalOf)],
        gone: goneOf(person.hs_email_bounce, own?.departed === true),
        engagedAt,
      },
    ];
  });
  const who = whomToAsk(known);
  return who && cutText(who, 120);
}

const touchWords: Readonly<Record<PersonsTouch["type"], string>> = {
  calls: "Call",
  emails: "Email",
  meetings: "Meeting",
  communications: "Message",
  steps: "Step of a play",
};

function touchOf({ touches, format, lookBackDays }: TodayFacts, accountId: string): string {
  const touch = touches.get(accountId);
  return touch ? `${touchWords[touch.type]}, ${format.day(touch.at)}` : `None in ${lookBackDays} days`;
}
