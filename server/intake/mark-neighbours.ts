import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { type Priority, priorities, requestClasses } from "../db/dirty-accounts.ts";
import { newlyMerged, readMirrorStates } from "../db/mirror-state.ts";
import { noteUnreadable } from "../db/readable-types.ts";
import { markStale } from "../db/stale-records.ts";
import { HubSpotForbidden } from "../hubspot/hubspot-errors.ts";
import type { FailedRead } from "../hubspot/row-errors.ts";
import { readReadability } from "./readable-types.ts";
import { everything, isNeeded, linkedTypes, type MirrorType, mirrorTypes } from "./record-properties.ts";

/**
 * Records that came back, or that others were merged into: HubSpot gives them links and tells nobody. What was read before has no
 * link to them, and only its own end is ever read: so all that is linked to them is read again. Returns those of whose neighbours
 * HubSpot could not tell all.
 */
export async function markNeighbours(
  ctx: Pick<Context, "db" | "hubspot">,
  portalId: PortalId,
  type: MirrorType,
  ids: readonly string[],
  priority: Priority,
): Promise<FailedRead[]> {
  const failed: FailedRead[] = [];
  if (ids.length === 0) return failed;
  const readability = await readReadability(ctx.db, portalId);
  const linked = mirrorTypes.filter((other) => linkedTypes(other).some((to) => to === type));
  for (const from of linked.filter((other) => readability(other) === "readable")) {
    const read = await readNeighbours(ctx, portalId, { from: type, to: from, ids, priority });
    failed.push(...read.failed);
    await markStale(
      ctx.db,
      portalId,
      read.neighbours.map((objectId) => ({ objectType: from, objectId, needs: everything })),
      priority,
    );
  }
  return failed;
}

/**
 * Whoever is reading a neighbour now may still be told the old id, and save that after the links have moved. Seldom so: what was
 * merged before is left out, and live changes go first. Returns those of whose neighbours HubSpot could not tell all.
 */
export async function markAfterMerge(
  ctx: Pick<Context, "db" | "hubspot">,
  portalId: PortalId,
  type: MirrorType,
  movedTo: ReadonlyMap<string, string>,
  priority: Priority,
): Promise<FailedRead[]> {
  const before = await readMirrorStates(ctx.db, portalId, type, [...movedTo.keys()]);
  return markNeighbours(
    ctx,
    portalId,
    type,
    newlyMerged(before, movedTo),
    priority === priorities.live ? priorities.due : priority,
  );
}

interface Question {
  readonly from: MirrorType;
  readonly to: MirrorType;
  readonly ids: readonly string[];
  readonly priority: Priority;
}

async function readNeighbours(
  ctx: Pick<Context, "db" | "hubspot">,
  portalId: PortalId,
  { priority, ...query }: Question,
): Promise<{ neighbours: readonly string[]; failed: readonly FailedRead[] }> {
  try {
    const { links, failed } = await ctx.hubspot.readAssociations(portalId, {
      ...query,
      priority: requestClasses[priority],
    });
    return { neighbours: [...new Set([...links.values()].flat().map(({ toId }) => toId))], failed };
  } catch (error) {
    if (!(error instanceof HubSpotForbidden) || isNeeded(query.to)) throw error;
    // What the portal does not let us read, the mirror does not hold.
    await noteUnreadable(ctx.db, portalId, query.to);
    return { neighbours: [], failed: [] };
  }
}
