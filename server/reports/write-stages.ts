import { type StageKey, stageKeys, stages } from "@touchstone/shared/account-stage.ts";
import { dayEnd } from "@touchstone/shared/day-of.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportChart, ReportRow } from "@touchstone/shared/reports-api.ts";
import type { ProgrammeMember } from "../db/report-facts.ts";
import { shareRow, type Tiered, tierColumns, type Worded } from "./report-cells.ts";

export interface StageFacts extends Tiered {
  readonly now: number;
  readonly timeZone: string;
  /** As they were last judged, by account. An account without one is at the beginning. */
  readonly stages: ReadonlyMap<string, { readonly stage: string; readonly since: string }>;
  /** Stage and tier when the period began, of no more than are counted; empty: nobody kept them. */
  readonly atStart: readonly (ProgrammeMember & { readonly stage: string })[];
  readonly startedWith: number;
  readonly from: number;
  readonly format: ReaderFormat;
}

const dayMs = 86_400_000;
const order: readonly string[] = stageKeys;

/** Where the accounts stand now: the funnel, and who has stood too long (rows 107 and 108). */
export function writeStages(facts: StageFacts): Worded {
  const placeOf = (accountId: string) => Math.max(0, order.indexOf(facts.stages.get(accountId)?.stage ?? ""));
  const further = stageKeys.slice(1).map((key, index) =>
    shareRow(facts, {
      key: `reached-${key}`,
      label: index === stageKeys.length - 2 ? stages[key].label : `${stages[key].label} or further`,
      definition: `Accounts that have passed: ${stages[stageKeys[index] ?? key].gate} ÷ all accounts in a tier now.`,
      counts: ({ accountId }) => placeOf(accountId) > index,
    }),
  );
  const limits = stageKeys.flatMap((key) => {
    const { label, days } = stages[key];
    return days === null ? [] : [`${days.most} in ${label}`];
  });
  return {
    title: "Where do the accounts stand?",
    columns: tierColumns(facts),
    rows: [
      ...further,
      shareRow(facts, {
        key: "stuck",
        label: "Stuck",
        definition: `Accounts that have been in their stage for more days than it takes (${limits.join(", ")}) ÷ accounts of which it is known since when. The day on which they came into it is not counted.`,
        of: ({ accountId }) => sinceOf(facts, accountId) !== null,
        counts: ({ accountId }) => isStuck(stageKeys[placeOf(accountId)], sinceOf(facts, accountId), facts.now),
      }),
      ...progressRows(facts, placeOf),
    ],
    chart: chartOf(facts, placeOf),
    notes: notesOf(facts),
  };
}

/** Who has moved on since the period began (metric 15b), whatever became of their tier. A stage in which nobody stood then has no row. */
function progressRows(
  { tiers, atStart, from, format }: StageFacts,
  placeOf: (accountId: string) => number,
): ReportRow[] {
  return stageKeys.slice(0, -1).flatMap((key, place) => {
    const began = atStart.filter(({ stage }) => stage === key);
    if (began.length === 0) return [];
    return [
      shareRow(
        { tiers, members: began },
        {
          key: `left-${key}`,
          label: `On from ${stages[key].label}`,
          definition: `Accounts that are in a later stage now ÷ accounts that were in ${stages[key].label} and in a tier on ${format.day(from)}, by the tier of that day.`,
          counts: ({ accountId }) => placeOf(accountId) > place,
        },
      ),
    ];
  });
}

function notesOf({ atStart, startedWith, from, format }: StageFacts): string[] {
  if (startedWith === 0) return [`How many moved on is left out: the stages of ${format.day(from)} were not kept.`];
  return atStart.length < startedWith
    ? [`On from a stage: counted are ${atStart.length} of ${startedWith} accounts.`]
    : [];
}

/**
 * When the portal's day ended on which the account came into its stage. Of that moment no more than the day is kept, as HubSpot holds it, and the
 * card counts from the moment itself: counted from the end, nothing is stuck here that is not stuck there, and a day later at most.
 */
function sinceOf({ stages: known, timeZone }: StageFacts, accountId: string): number | null {
  const since = dayEnd(known.get(accountId)?.since ?? "", timeZone);
  return Number.isNaN(since) ? null : since;
}

function isStuck(stage: StageKey | undefined, since: number | null, now: number): boolean {
  const days = stage === undefined ? null : stages[stage].days;
  return days !== null && since !== null && Math.floor((now - since) / dayMs) > days.most;
}

function chartOf({ tiers, members }: StageFacts, placeOf: (accountId: string) => number): ReportChart | null {
  if (members.length === 0) return null;
  const points = stageKeys.flatMap((key, place) =>
    tiers.map((tier) => ({
      x: stages[key].label,
      y: members.filter((member) => member.tier === tier.key && placeOf(member.accountId) === place).length,
      group: tier.name,
    })),
  );
  return { kind: "bar", title: "Accounts by stage", xLabel: "Stage", yLabel: "Accounts", points };
}
