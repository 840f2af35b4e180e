import type { BudgetUse } from "../db/budgets.ts";

/** How much longer changes gather when live work uses much of the budget: 0.5, 2 and 10 s of the default (performance.md §4.2). */
const factors = { plenty: 1, some: 4, little: 20 } as const;
/** One turn of live work: five reads, their links, a write, and again. */
const oneTurn = 15;

/**
 * How long a portal's changes gather before they are read. Judged by what live work itself has used: a backfill takes what
 * is left over and gives way, so it makes changes wait only while it has left no room for a turn.
 */
export function gatheringWindowMs({ free, live, limit }: BudgetUse, settleMs: number): number {
  if (live > limit * 0.8) return settleMs * factors.little;
  return settleMs * (live > limit / 2 || free < oneTurn ? factors.some : factors.plenty);
}
