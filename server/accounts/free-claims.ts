import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { type DirtyAccount, releaseDirty } from "../db/dirty-accounts.ts";
import { isPassingError } from "../db/is-passing-error.ts";

/** What came in the way of a batch, a deadlock or a lost connection, is mostly over by then. */
const againMs = 1_000;

/**
 * After a failure that passes: what of these claims was not settled is free for anybody at once and has lost no attempt. After
 * another one, which would only come again, they wait out their lease, and others have their turn. Never throws: whoever calls has
 * an error of their own to tell. Where the database is gone, the leases end by themselves.
 */
export async function freeClaims(
  ctx: Pick<Context, "db" | "queue" | "log">,
  portalId: PortalId,
  claims: readonly DirtyAccount[],
  failure: unknown,
): Promise<void> {
  if (!isPassingError(failure)) return;
  try {
    await ctx.db.transaction().execute((trx) => releaseDirty(trx, portalId, claims, 0, false));
    await ctx.queue.wake("rescore-batch", portalId, againMs);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown";
    ctx.log.warn({ portalId, accounts: claims.length, reason }, "claims wait for their leases to end");
  }
}
