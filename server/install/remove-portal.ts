import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { disconnectPortal, erasePortal, findPortal } from "../db/portals.ts";

/**
 * Uninstalls the app from a portal at an admin's wish: HubSpot is told while we still hold a token, then work stops and
 * everything of the portal is removed. Doing it again changes nothing.
 */
export async function disconnectAtRequest(
  ctx: Pick<Context, "db" | "hubspot" | "queue" | "log">,
  portalId: PortalId,
): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal) return;
  if (portal.status !== "disconnected") await ctx.hubspot.uninstallApp(portalId);
  await disconnectPortal(ctx.db, portalId, "Disconnected by an admin.", true);
  await ctx.queue.wake("remove-portal", portalId);
  ctx.log.info({ portalId }, "portal disconnected at its admin's request");
}

/** A portal's turn; the schedule wakes the job again for what is left. */
const turnMs = 20_000;

/** Job: removes everything that we hold of a disconnected portal. One that was installed again meanwhile keeps it. */
export async function removePortal(ctx: Pick<Context, "db" | "log">, portalId: PortalId): Promise<void> {
  if ((await erasePortal(ctx.db, portalId, performance.now() + turnMs)) !== "gone") return;
  ctx.log.info({ portalId }, "everything of the portal was removed");
}
