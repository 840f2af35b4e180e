import type { Context } from "../context.ts";
import { readDueAccounts } from "../db/account-scores.ts";
import { markDirty, priorities } from "../db/dirty-accounts.ts";

/** More than this waits for the next round, a moment later. */
const batchSize = 5_000;

/**
 * Accounts whose score changes by time alone (a window closed, something expired) become dirty. They are scored from the
 * mirror: no request to HubSpot but the write of what changed.
 */
export async function rescoreDue(ctx: Pick<Context, "db" | "queue" | "now">): Promise<number> {
  const due = await readDueAccounts(ctx.db, ctx.now(), batchSize);
  let count = 0;
  for (const [portalId, accountIds] of due) {
    await markDirty(ctx.db, portalId, accountIds, priorities.due);
    await ctx.queue.wake("rescore-batch", portalId);
    count += accountIds.length;
  }
  return count;
}
