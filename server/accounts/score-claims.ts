import type { PortalId } from "@touchstone/shared/ids.ts";
import type { DirtyAccount } from "../db/dirty-accounts.ts";
import type { PortalModels } from "./load-models.ts";
import { type ScoringParts, scoreBatch } from "./score-batch.ts";

/**
 * Claimed at once where so many wait: a statement costs nearly the same for one account as for a hundred, and what a claim has to
 * look through grows with what waits.
 */
export const mostClaimed = 800;
/** Beside each other, so that one is scored while the database reads or saves the other. */
const lanes = 2;
/** Fewer are not worth their statements. */
const leastInLane = 50;

/** Scores claimed accounts, many of them in two lanes. Whatever a lane throws is thrown when both are done. */
export async function scoreClaims(
  ctx: ScoringParts,
  portalId: PortalId,
  models: PortalModels,
  claims: readonly DirtyAccount[],
): Promise<void> {
  const ends = await Promise.allSettled(lanesOf(claims).map((lane) => scoreBatch(ctx, portalId, models, lane)));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** Each is worked off, and settled, beside the other. */
export function lanesOf(claims: readonly DirtyAccount[]): (readonly DirtyAccount[])[] {
  const size = Math.max(leastInLane, Math.ceil(claims.length / lanes));
  return Array.from({ length: Math.ceil(claims.length / size) }, (_, n) => claims.slice(n * size, (n + 1) * size));
}
