import type { LedgerLine } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";

/** What a gate may look at. Points and lines are there only after scoring. */
export interface GateView {
  readonly properties: AccountSnapshot["properties"];
  /** By number of the criterion, in thousandths; null when not known. */
  readonly points: readonly (number | null)[];
  /** By number of the axis, in thousandths. */
  readonly axes: readonly number[];
  /** By number of the criterion; empty when only totals are wanted, and then reasons are shorter. */
  readonly lines: readonly LedgerLine[];
}
