import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { markDirty, priorities } from "../db/dirty-accounts.ts";
import { needs } from "../db/inbox.ts";
import { markStale } from "../db/stale-records.ts";

/** Reads the company again from HubSpot and scores it, before anything else that waits. Doing it twice costs one reading more. */
export async function rescoreNow(
  ctx: Pick<Context, "db" | "queue">,
  portalId: PortalId,
  accountId: AccountId,
): Promise<void> {
  await markStale(ctx.db, portalId, [
    { objectType: "companies", objectId: accountId, needs: needs.properties | needs.associations },
  ]);
  await markDirty(ctx.db, portalId, [accountId], priorities.live);
  await ctx.queue.wake("refresh-records", portalId);
  await ctx.queue.wake("rescore-batch", portalId);
}
