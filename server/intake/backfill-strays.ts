import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { advanceBackfill, type Backfill } from "../db/backfills.ts";
import { markDirty, priorities } from "../db/dirty-accounts.ts";
import { holdPortal } from "../db/portals.ts";
import { nextReadNo } from "../db/records.ts";
import { propertiesOf } from "./record-properties.ts";
import { saveToMirror } from "./save-to-mirror.ts";

type Parts = Pick<Context, "db" | "hubspot">;

/** In the place of the cursor once all strays are read: people are finished when the companies are. */
const allRead = "all strays are read";
const pageSize = 200;

/**
 * Reads one page of the people who belong to no company, whom no company brings along: a signal may name one, and tomorrow
 * one may belong somewhere. By search, which has a budget of its own, going on by id (hubspot-api.md §4.1: no query tells
 * more than 10,000). False when there is nothing more to do for now.
 */
export async function backfillStrays(
  ctx: Parts,
  portalId: PortalId,
  at: Backfill,
  companiesAreOpen: boolean,
): Promise<boolean> {
  if (at.pageAfter === allRead && companiesAreOpen) return false;
  const readNo = await nextReadNo(ctx.db);
  const records = at.pageAfter === allRead ? [] : await search(ctx, portalId, at.pageAfter);
  const isLast = records.length < pageSize;
  const next = !isLast ? (records.at(-1)?.id ?? null) : companiesAreOpen ? allRead : null;
  await ctx.db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId);
    const step = { objectType: "contacts", startedNo: at.startedNo, from: at.pageAfter, next, count: records.length };
    if (!(await advanceBackfill(trx, portalId, step))) return;
    const found = records.map((record) => ({ objectId: record.id, properties: record.properties }));
    const reading = { type: "contacts", readNo, found, missing: [], linkedIds: [], links: [] } as const;
    // HubSpot says of some who belong to a company that they do not.
    await markDirty(trx, portalId, await saveToMirror(trx, portalId, reading), priorities.backfill);
  });
  return next !== null;
}

async function search(ctx: Parts, portalId: PortalId, after: string | null) {
  const noCompany = { propertyName: "associatedcompanyid", operator: "NOT_HAS_PROPERTY" } as const;
  const beyond = { propertyName: "hs_object_id", operator: "GT", value: after ?? "0" } as const;
  const page = await ctx.hubspot.searchRecords(portalId, {
    objectType: "contacts",
    filterGroups: [{ filters: [noCompany, beyond] }],
    sortBy: "hs_object_id",
    properties: propertiesOf("contacts", []),
    limit: pageSize,
    priority: "backfill",
  });
  return page.records;
}
