import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { advanceBackfill, type Backfill } from "../db/backfills.ts";
import { markDirty, priorities } from "../db/dirty-accounts.ts";
import { holdPortal } from "../db/portals.ts";
import { noteUnreadable } from "../db/readable-types.ts";
import { nextReadNo } from "../db/records.ts";
import { markStale } from "../db/stale-records.ts";
import { HubSpotForbidden } from "../hubspot/hubspot-errors.ts";
import { propertiesToRead } from "./properties-to-read.ts";
import { everything, isNeeded, linkedTypes, type MirrorType } from "./record-properties.ts";
import { saveToMirror } from "./save-to-mirror.ts";

type Parts = Pick<Context, "db" | "hubspot" | "log">;

/**
 * Reads one page of a type, whose records bring their links along (hubspot-api.md §4.4, plan B), and saves it with the cursor. Those
 * whom HubSpot could not tell in full are read again later.
 */
export async function backfillPage(ctx: Parts, portalId: PortalId, type: MirrorType, at: Backfill): Promise<void> {
  const readNo = await nextReadNo(ctx.db);
  const associations = linkedTypes(type);
  const page = await listPage(ctx, portalId, type, at.pageAfter, await propertiesToRead(ctx.db, portalId, type));
  const links = page.records.flatMap((record) =>
    associations.flatMap((toType) =>
      (record.associations?.[toType] ?? []).map((toId) => ({ fromId: record.id, toType, toId, primary: false })),
    ),
  );
  await ctx.db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId);
    const moved = await advanceBackfill(trx, portalId, {
      objectType: type,
      startedNo: at.startedNo,
      from: at.pageAfter,
      next: page.after,
      count: page.records.length,
    });
    if (!moved) return;
    const found = page.records.map((record) => ({ objectId: record.id, properties: record.properties }));
    const there = new Set(found.map((record) => record.objectId));
    const linkedIds = associations.length > 0 ? [...there.difference(new Set(page.untold))] : [];
    const touched = await saveToMirror(trx, portalId, { type, readNo, found, missing: [], linkedIds, links });
    const again = page.untold.map((objectId) => ({ objectType: type, objectId, needs: everything }));
    await markStale(trx, portalId, again, priorities.backfill);
    // Activities concern accounts whose page comes later.
    if (type === "companies") await markDirty(trx, portalId, touched, priorities.backfill);
  });
}

/** A type that the portal's grant does not cover (emails need a scope of their own) is left out, and said. */
async function listPage(
  ctx: Parts,
  portalId: PortalId,
  objectType: MirrorType,
  after: string | null,
  properties: readonly string[],
) {
  try {
    return await ctx.hubspot.listRecords(portalId, {
      objectType,
      properties,
      associations: linkedTypes(objectType),
      after,
      priority: "backfill",
    });
  } catch (error) {
    if (!(error instanceof HubSpotForbidden) || isNeeded(objectType)) throw error;
    await noteUnreadable(ctx.db, portalId, objectType);
    ctx.log.warn({ portalId, objectType }, "the portal does not let us read these records; scores leave them out");
    return { records: [], untold: [], after: null };
  }
}
