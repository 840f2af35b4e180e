import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { type Priority, requestClasses } from "../db/dirty-accounts.ts";
import { markStale } from "../db/stale-records.ts";
import { HubSpotForbidden } from "../hubspot/hubspot-errors.ts";
import { everything, isNeeded, linkedTypes, type MirrorType, mirrorTypes } from "./record-properties.ts";

/**
 * Records that came back, or that others were merged into: HubSpot gives them links and tells nobody. What was read before has no
 * link to them, and only its own end is ever read: so all that is linked to them is read again.
 */
export async function markNeighbours(
  ctx: Pick<Context, "db" | "hubspot">,
  portalId: PortalId,
  type: MirrorType,
  ids: readonly string[],
  priority: Priority,
): Promise<void> {
  if (ids.length === 0) return;
  for (const from of mirrorTypes.filter((other) => linkedTypes(other).some((to) => to === type))) {
    const neighbours = await readNeighbours(ctx, portalId, { from: type, to: from, ids, priority });
    await markStale(
      ctx.db,
      portalId,
      neighbours.map((objectId) => ({ objectType: from, objectId, needs: everything })),
      priority,
    );
  }
}

interface Question {
  readonly from: MirrorType;
  readonly to: MirrorType;
  readonly ids: readonly string[];
  readonly priority: Priority;
}

async function readNeighbours(
  ctx: Pick<Context, "hubspot">,
  portalId: PortalId,
  { priority, ...query }: Question,
): Promise<string[]> {
  try {
    const found = await ctx.hubspot.readAssociations(portalId, { ...query, priority: requestClasses[priority] });
    return [...new Set([...found.values()].flatMap((links) => links.map(({ toId }) => toId)))];
  } catch (error) {
    // What the portal does not let us read, the mirror does not hold.
    if (error instanceof HubSpotForbidden && !isNeeded(query.to)) return [];
    throw error;
  }
}
