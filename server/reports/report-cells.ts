import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportCell, ReportRow, ReportSection } from "@touchstone/shared/reports-api.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import { type Proportion, toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { ProgrammeMember } from "../db/report-facts.ts";

/** A section without its time. */
export type Worded = Omit<ReportSection, "when">;

/** Under so many a figure is a hint and no more (market.md §5). */
export const fewest = 30;

const percent = (share: number): number => Math.round(100 * share);

/** "30", "66.7": 0 and 100 only where it is none or all of them. */
function ratePercent(rate: number): string {
  const rounded = Math.round(1_000 * rate) / 10;
  if (rate > 0 && rounded === 0) return "under 0.1";
  if (rate < 1 && rounded === 100) return "over 99.9";
  return String(rounded);
}

/** Of engagement: what a score leaves out is counted here. */
export const unlikeScores = "Opens by mail scanners and people in ignored roles are included.";

/** A rate with what it is made of, and how far chance alone may carry it. */
export function proportionCell({ numerator, denominator, rate, interval }: Proportion): ReportCell {
  if (rate === null || interval === null) return { value: "n/a (0 of 0)", note: "" };
  const range = `95 % interval ${percent(interval.low)}–${percent(interval.high)} %`;
  return {
    value: `${numerator} of ${denominator} (${ratePercent(rate)} %)`,
    note: denominator < fewest ? `${range}, fewer than ${fewest}` : range,
  };
}

/** The accounts of the programme now, and the tiers in their order. */
export interface Tiered {
  readonly tiers: readonly TierTraits[];
  readonly members: readonly ProgrammeMember[];
}

/** What every section is about. */
export interface Asked extends Tiered {
  readonly portalId: PortalId;
  readonly from: number;
  readonly now: number;
  readonly timeZone: string;
  readonly currency: string | null;
  readonly format: ReaderFormat;
  /** Accounts in a tier; `members` has no more than are counted. */
  readonly total: number;
}

/** Accounts that are counted; more are named as left out. */
export const mostAccounts = 2_000;
/** The same of deals that were closed in the period. */
export const mostDeals = 1_000;

export const cutNotes = (isCut: boolean): string[] =>
  isCut ? [`Counted are the newest ${mostDeals} deals that were closed in the period; there are more.`] : [];

/** Where a figure is of all and not of one part. */
export const noFigure: ReportCell = { value: "–", note: "" };

/** "1 deal", "12 deals" */
export const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

export const tierColumns = ({ tiers }: Tiered): string[] => ["All tiers", ...tiers.map(({ name }) => name)];

/** One cell for all accounts, and one for those of each tier. */
export const tierCells = (
  { tiers, members }: Tiered,
  cellOf: (members: readonly ProgrammeMember[]) => ReportCell,
): ReportCell[] => [cellOf(members), ...tiers.map(({ key }) => cellOf(members.filter(({ tier }) => tier === key)))];

/** The same where the parts are told by the key of the tier; null: all of them. */
export const byTier = (tiers: readonly TierTraits[], cellOf: (tier: string | null) => ReportCell): ReportCell[] => [
  cellOf(null),
  ...tiers.map(({ key }) => cellOf(key)),
];

interface ShareRow extends Pick<ReportRow, "key" | "label" | "definition"> {
  counts(member: ProgrammeMember): boolean;
  /** Which accounts the share is of; all of them where nothing is said. */
  of?(member: ProgrammeMember): boolean;
}

/** A share of accounts, over all tiers and by tier. */
export function shareRow(tiered: Tiered, { key, label, definition, counts, of = () => true }: ShareRow): ReportRow {
  const cells = tierCells(tiered, (members) => {
    const whole = members.filter(of);
    return proportionCell(toProportion(whole.filter(counts).length, whole.length));
  });
  return { key, label, definition, cells };
}
