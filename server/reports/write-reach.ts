import { readCrmTime } from "@touchstone/shared/crm-time.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportChart } from "@touchstone/shared/reports-api.ts";
import type { Engagement } from "../db/report-facts.ts";
import type { LastTouch } from "../db/touches.ts";
import { engaged, engagementWords } from "./engaged-account.ts";
import { fewest, mostAccounts, shareRow, type Tiered, tierColumns, unlikeScores, type Worded } from "./report-cells.ts";

const dayMs = 86_400_000;
export const weekMs = 7 * dayMs;
/** Weeks of the picture. */
export const weeksShown = 12;
/** Nothing for so long is stale (metric 16). */
export const staleDays = 180;

export interface ReachFacts extends Tiered {
  readonly from: number;
  readonly now: number;
  readonly engagement: ReadonlyMap<string, Engagement>;
  readonly touches: ReadonlyMap<string, LastTouch>;
  /** Who was in a tier on the days on which the weeks of the picture end, the newest week first; nobody: no snapshot of that day. */
  readonly weekEnds: readonly (readonly string[])[];
  /** Null: not too many for the picture; otherwise how many were in a tier in those weeks or are now. */
  readonly inTierOnce: number | null;
  readonly format: ReaderFormat;
}

const touchWords =
  "an email, call or message that went out, a meeting that was held, or a step of a play that was done, with the company or one of its people";

/** Whether the accounts are reached, and whether they answer (metrics 1, 2, 3, 16 and 19). */
export function writeReach(facts: ReachFacts): Worded {
  const { from, now, engagement, touches, tiers } = facts;
  const inPeriod = (accountId: string) => engagement.get(accountId) ?? { events: 0, people: 0 };
  const touchedAt = (accountId: string) => newestOf(touches.get(accountId)?.touchedAt, touches.get(accountId)?.stepAt);
  const humanAt = (accountId: string) => newestOf(touches.get(accountId)?.humanAt, touches.get(accountId)?.salesStepAt);
  const isTouched = ({ accountId }: { accountId: string }) => touchedAt(accountId) >= from;
  const daysOf = new Map(tiers.map(({ key, touchDays }) => [key, touchDays]));
  const intervals = tiers.map(({ name, touchDays }) => `${touchDays} in ${name}`).join(", ");
  return {
    title: "Are the accounts reached, and do they answer?",
    columns: tierColumns(facts),
    rows: [
      shareRow(facts, {
        key: "reach",
        label: "Reached",
        definition: `Accounts with at least one touch or one engagement in the period, by a person or by the company as such, ÷ all accounts in a tier now. A touch: ${touchWords}. ${unlikeScores}`,
        counts: (member) => isTouched(member) || engaged.any.holds(inPeriod(member.accountId)),
      }),
      ...Object.entries(engaged).map(([key, { label, words, holds }]) =>
        shareRow(facts, {
          key: key === "any" ? "engaged" : `engaged-${key}`,
          label,
          definition: `Accounts with ${words} in the period ÷ all accounts in a tier now. ${engagementWords}`,
          counts: ({ accountId }) => holds(inPeriod(accountId)),
        }),
      ),
      shareRow(facts, {
        key: "answered",
        label: "Answered",
        definition:
          "Accounts with a reply, a demo request or a call that was answered ÷ accounts that were touched, both in the period.",
        of: isTouched,
        counts: ({ accountId }) => engagement.get(accountId)?.answered === true,
      }),
      shareRow(facts, {
        key: "neglected",
        label: "Neglected",
        definition: `Accounts without a touch by a person within the days of their tier (${intervals}) ÷ all accounts in a tier now. A machine’s email does not count, nor does a step of a play that marketing does.`,
        counts: ({ accountId, tier }) => humanAt(accountId) < now - (daysOf.get(tier) ?? 0) * dayMs,
      }),
      shareRow(facts, {
        key: "stale",
        label: "Silent",
        definition: `Accounts with neither engagement nor touch in ${staleDays} days ÷ all accounts in a tier now.`,
        counts: ({ accountId }) =>
          (engagement.get(accountId)?.weeks.length ?? 0) === 0 && touchedAt(accountId) < now - staleDays * dayMs,
      }),
    ],
    chart: chartOf(facts),
    notes: notesOf(facts),
  };
}

function notesOf({ inTierOnce }: ReachFacts): string[] {
  const reading = `The interval says how far chance alone can carry a rate: in 95 of 100 cases the true one lies inside. Under ${fewest} a rate is a hint and no more.`;
  const picture = `Engaged in a week of the picture: ${engaged.any.words} in it. ${engagementWords}`;
  if (inTierOnce === null) return [reading, picture];
  return [
    reading,
    `The picture by week is left out: in those weeks ${inTierOnce} accounts were in a tier, and no more than ${mostAccounts} are counted.`,
  ];
}

/** 0: none that is known. */
const newestOf = (inCrm: string | null | undefined, step: number | null | undefined): number =>
  Math.max(readCrmTime(inCrm) ?? 0, step ?? 0);

/** The share of engaged accounts week by week, each of the accounts that were in a tier when that week ended. */
function chartOf({ weekEnds, members, engagement, now, format }: ReachFacts): ReportChart | null {
  const points = weekEnds.flatMap((accounts, week) => {
    const ids = week === 0 ? members.map(({ accountId }) => accountId) : accounts;
    if (ids.length === 0) return [];
    const inWeek = (id: string) => ({ events: engagement.get(id)?.weeks.includes(week) === true ? 1 : 0, people: 0 });
    const those = ids.filter((id) => engaged.any.holds(inWeek(id))).length;
    return [{ x: format.day(now - week * weekMs), y: Math.round((1_000 * those) / ids.length) / 10, group: "" }];
  });
  if (points.length < 2) return null;
  return {
    kind: "line",
    title: "Engaged accounts, week by week, in % of those in a tier when the week ended",
    xLabel: "Week until",
    yLabel: "Engaged, %",
    points: points.toReversed(),
  };
}
