import { appObjectKeys, appObjectScopes, objectTypeOf } from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { readMirrorCapability, saveMirrorCapability } from "../../db/mirror-portals.ts";
import type { Portal } from "../../db/portals.ts";
import { HubSpotForbidden, HubSpotNotFound, HubSpotRejected } from "../../hubspot/hubspot-errors.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "now" | "log">;

/** Names are granted in weeks; a new grant is looked at when the app is installed again. */
const lookAgainMs = 86_400_000;

/** Whether the portal has our objects: asked of HubSpot, one record of each. Kept until HubSpot says otherwise, or for a day. */
export async function hasAppObjects(ctx: Parts, portal: Portal): Promise<boolean> {
  const { portalId } = portal;
  const known = await readMirrorCapability(ctx.db, portalId);
  if (known && (known.available || ctx.now() - known.probedAt < lookAgainMs)) return known.available;
  const reason = await findObstacle(ctx, portalId, portal.scopes);
  await saveMirrorCapability(ctx.db, portalId, { available: reason === null, reason, probedAt: ctx.now() });
  ctx.log.info({ portalId, available: reason === null, reason }, "looked for our app objects");
  return reason === null;
}

/** Does the work with our objects. What HubSpot refuses of it as a whole means that they are not ours to use any more. */
export async function whileOurs(ctx: Parts, portalId: PortalId, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isObstacle(error)) throw error;
    const reason = error.message.slice(0, 500);
    await saveMirrorCapability(ctx.db, portalId, { available: false, reason, probedAt: ctx.now() });
    ctx.log.warn({ portalId, reason }, "our app objects are no longer ours to use");
  }
}

/** Rows that HubSpot refuses by themselves do not come as an error; these are about the object. */
const isObstacle = (error: unknown) =>
  error instanceof HubSpotRejected || error instanceof HubSpotNotFound || error instanceof HubSpotForbidden;

async function findObstacle(ctx: Parts, portalId: PortalId, scopes: readonly string[]): Promise<string | null> {
  const { appId } = ctx.config.hubspot;
  if (appObjectScopes(appId).some((scope) => !scopes.includes(scope))) return "The portal's grant does not cover them.";
  for (const object of appObjectKeys) {
    const objectType = objectTypeOf(appId, object);
    try {
      await ctx.hubspot.listRecords(portalId, { objectType, properties: [], limit: 1, priority: "due" });
    } catch (error) {
      if (!isObstacle(error)) throw error;
      return `HubSpot does not know ${objectType}.`;
    }
  }
  return null;
}
