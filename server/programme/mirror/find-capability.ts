import { appObjectKeys, appObjectScopes, objectTypeOf } from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import { readMirrorCapability, saveMirrorCapability } from "../../db/mirror-portals.ts";
import type { Portal } from "../../db/portals.ts";
import { HubSpotForbidden, HubSpotNotFound, HubSpotRejected } from "../../hubspot/hubspot-errors.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "now" | "log">;

/** Names are granted in weeks; a portal that has them keeps them. */
const lookAgainMs = 3_600_000;

/** Whether the portal has our objects: asked of HubSpot, one record of each, and kept for an hour. */
export async function hasAppObjects(ctx: Parts, portal: Portal): Promise<boolean> {
  const { portalId } = portal;
  const known = await readMirrorCapability(ctx.db, portalId);
  if (known && (known.available || ctx.now() - known.probedAt < lookAgainMs)) return known.available;
  const reason = await findObstacle(ctx, portalId, portal.scopes);
  await saveMirrorCapability(ctx.db, portalId, { available: reason === null, reason, probedAt: ctx.now() });
  ctx.log.info({ portalId, available: reason === null, reason }, "looked for our app objects");
  return reason === null;
}

async function findObstacle(ctx: Parts, portalId: PortalId, scopes: readonly string[]): Promise<string | null> {
  const { appId } = ctx.config.hubspot;
  if (appObjectScopes(appId).some((scope) => !scopes.includes(scope))) return "The portal's grant does not cover them.";
  for (const object of appObjectKeys) {
    const objectType = objectTypeOf(appId, object);
    try {
      await ctx.hubspot.listRecords(portalId, { objectType, properties: [], limit: 1, priority: "due" });
    } catch (error) {
      const isUnknown =
        error instanceof HubSpotRejected || error instanceof HubSpotNotFound || error instanceof HubSpotForbidden;
      if (!isUnknown) throw error;
      return `HubSpot does not know ${objectType}.`;
    }
  }
  return null;
}
