import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { advanceBackfill, type Backfill } from "../db/backfills.ts";
import { holdPortal } from "../db/portals.ts";
import { nextReadNo } from "../db/records.ts";
import { readPeople } from "./read-people.ts";

type Parts = Pick<Context, "db" | "hubspot">;

/** In the place of the cursor once all strays are read: people are finished when the companies are. */
const allRead = "all strays are read";
const pageSize = 200;

/**
 * Reads one page of the people who belong to no company, whom no company brings along: a signal may name one, and tomorrow
 * one may belong somewhere. A search names them, which has a budget of its own, going on by id (hubspot-api.md §4.1: no query tells
 * more than 10,000). What it says of them may be old, and who is erased may still be in its index (§8): so they are read by id. False
 * when there is nothing more to do for now.
 */
export async function backfillStrays(
  ctx: Parts,
  portalId: PortalId,
  at: Backfill,
  companiesAreOpen: boolean,
): Promise<boolean> {
  if (at.pageAfter === allRead && companiesAreOpen) return false;
  const ids = at.pageAfter === allRead ? [] : await findStrays(ctx, portalId, at.pageAfter);
  await readPeople(ctx, portalId, await nextReadNo(ctx.db), at, ids);
  const isLast = ids.length < pageSize;
  const next = !isLast ? (ids.at(-1) ?? null) : companiesAreOpen ? allRead : null;
  await ctx.db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId);
    await advanceBackfill(trx, portalId, {
      objectType: "contacts",
      startedNo: at.startedNo,
      from: at.pageAfter,
      next,
      count: 0,
    });
  });
  return next !== null;
}

async function findStrays(ctx: Parts, portalId: PortalId, after: string | null): Promise<string[]> {
  const noCompany = { propertyName: "associatedcompanyid", operator: "NOT_HAS_PROPERTY" } as const;
  const beyond = { propertyName: "hs_object_id", operator: "GT", value: after ?? "0" } as const;
  const page = await ctx.hubspot.searchRecords(portalId, {
    objectType: "contacts",
    filterGroups: [{ filters: [noCompany, beyond] }],
    sortBy: "hs_object_id",
    properties: [],
    limit: pageSize,
    priority: "backfill",
  });
  return page.records.map(({ id }) => id);
}
