import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { type Backfill, countRead } from "../db/backfills.ts";
import { findReadSince } from "../db/company-links.ts";
import { markDirty, priorities } from "../db/dirty-accounts.ts";
import { holdPortal } from "../db/portals.ts";
import { markStale } from "../db/stale-records.ts";
import { chunksOf } from "../hubspot/chunks-of.ts";
import { everything, propertiesOf } from "./record-properties.ts";
import { saveToMirror } from "./save-to-mirror.ts";

type Parts = Pick<Context, "db" | "hubspot">;

/**
 * People are saved after so many: a page whose companies have tens of thousands goes on where it stopped. Ten requests beside each
 * other: in two lots of five the second waits for the answers to the first, and HubSpot's answers are slower than its limit.
 */
const peopleAtOnce = 1_000;
/** A request's worth. */
const batchSize = 100;

/**
 * Reads people by id and saves them as they come; not those that were read since the backfill began. Those whom HubSpot could not read
 * are marked.
 */
export async function readPeople(
  ctx: Parts,
  portalId: PortalId,
  readNo: number,
  backfill: Backfill,
  ids: readonly string[],
): Promise<void> {
  const read = await findReadSince(ctx.db, portalId, "contacts", ids, backfill.startedNo);
  const unread = ids.filter((id) => !read.has(id));
  for (let from = 0; from < unread.length; from += peopleAtOnce) {
    const some = unread.slice(from, from + peopleAtOnce);
    const { records, missing, failed, fault } = await readBatches(ctx, portalId, some);
    const again = failed.map(({ id }) => ({ objectType: "contacts", objectId: id, needs: everything }));
    await markStale(ctx.db, portalId, again, priorities.backfill);
    await ctx.db.transaction().execute(async (trx) => {
      await holdPortal(trx, portalId);
      await countRead(trx, portalId, "contacts", records.length);
      const reading = { type: "contacts", readNo, found: records, missing, linkedIds: [], links: [] } as const;
      // Accounts that have these people already: of pages before, or of an installation before.
      await markDirty(trx, portalId, await saveToMirror(trx, portalId, reading), priorities.backfill);
    });
    if (fault) throw fault.reason;
  }
}

/**
 * Each request takes its own turn: five together would wait for the fifth, and a long reading lost 1.5 % of the budget by that.
 * What has come stays when another request has to wait for too long.
 */
async function readBatches(ctx: Parts, portalId: PortalId, ids: readonly string[]) {
  const read = (some: readonly string[]) =>
    ctx.hubspot.readRecords(portalId, {
      objectType: "contacts",
      ids: some,
      properties: propertiesOf("contacts", []),
      priority: "backfill",
      findMerged: false,
      rowsMayFail: true,
    });
  const ends = await Promise.allSettled([...chunksOf(ids, batchSize)].map(read));
  const come = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  const fault = ends.find((end) => end.status === "rejected");
  if (fault && come.length === 0) throw fault.reason;
  return {
    records: come.flatMap(({ found }) => found.map(({ id, properties }) => ({ objectId: id, properties }))),
    missing: come.flatMap(({ missing }) => missing),
    failed: come.flatMap(({ failed }) => failed),
    fault,
  };
}
