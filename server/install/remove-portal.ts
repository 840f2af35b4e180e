import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { claimUninstall, endUninstall, leavePortal } from "../db/leaving-portals.ts";
import { readPauseReason } from "../db/pauses.ts";
import { erasePortal } from "../db/portals.ts";

type Parts = Pick<Context, "db" | "hubspot" | "now" | "log">;

/** HubSpot is asked again so often whether it can be told that the app is gone, and so long. */
const againMs = 5 * 60_000;
const longestMs = 30 * 86_400_000;

const deleted = "Its data of this portal is being deleted, and nothing is read or written any more.";
const toldSoon = "HubSpot is told within a minute. Install Touchstone again to begin anew.";
const toldLater =
  "HubSpot takes no request of ours for this portal right now, so it still lists Touchstone under Connected Apps. It is told as soon " +
  "as it can be: we try every five minutes. You need not wait, and may take Touchstone out there yourself.";

/**
 * Takes the app away from a portal at its admin's wish: work stops at once, and the wish stands until HubSpot was told and everything
 * of the portal is removed. Answers with what the admin reads. Doing it again changes nothing.
 */
export async function disconnectAtRequest(
  ctx: Pick<Context, "db" | "queue" | "log">,
  portalId: PortalId,
): Promise<string> {
  const isPaused = (await readPauseReason(ctx.db, portalId)) !== null;
  await leavePortal(ctx.db, portalId, "Disconnected by an admin.");
  await ctx.queue.wake("remove-portal", portalId);
  ctx.log.info({ portalId }, "portal disconnected at its admin's request");
  return `${deleted} ${isPaused ? toldLater : toldSoon}`;
}

/** A portal's turn; the schedule wakes the job again for what is left. */
const turnMs = 20_000;

/**
 * Job: removes everything that we hold of a disconnected portal, and tells HubSpot that an admin took the app away; the portal's row goes when
 * HubSpot knows. One that was installed again meanwhile keeps it.
 */
export async function removePortal(ctx: Parts, portalId: PortalId): Promise<void> {
  const erase = () => erasePortal(ctx.db, portalId, performance.now() + turnMs);
  let erased = await erase();
  if (await tellHubSpot(ctx, portalId)) erased = await erase();
  if (erased === "gone") ctx.log.info({ portalId }, "everything of the portal was removed");
}

/** True when the portal no longer waits for it. */
async function tellHubSpot(ctx: Parts, portalId: PortalId): Promise<boolean> {
  const since = await claimUninstall(ctx.db, portalId, againMs);
  if (since === null) return false;
  const isTooLate = ctx.now() - since.getTime() > longestMs;
  const outcome = isTooLate ? "refused" : await ctx.hubspot.uninstallApp(portalId);
  if (outcome === "later") return false;
  if (outcome === "refused")
    ctx.log.error(
      { portalId },
      "HubSpot still lists the app in a portal that took it away: an admin there has to take it out",
    );
  await endUninstall(ctx.db, portalId);
  return true;
}
