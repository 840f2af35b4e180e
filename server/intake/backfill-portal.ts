import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import {
  advanceBackfill,
  type Backfill,
  finishBackfill,
  markUnseenRecords,
  readBackfills,
  setBackfillTotal,
  startBackfill,
} from "../db/backfills.ts";
import { priorities } from "../db/dirty-accounts.ts";
import { needs } from "../db/inbox.ts";
import { readActiveModels } from "../db/portal-models.ts";
import { findPortal, holdPortal } from "../db/portals.ts";
import { markAllAccounts, nextReadNo } from "../db/records.ts";
import { HubSpotForbidden } from "../hubspot/hubspot-errors.ts";
import { companyPropertiesOf } from "../scoring/company-properties-of.ts";
import { isNeeded, linkedTypes, type MirrorType, mirrorTypes, propertiesOf } from "./record-properties.ts";
import { saveToMirror } from "./save-to-mirror.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log">;

/** A portal's turn; the next one goes on at the page that is stored with its rows. */
const turnMs = 5_000;

/**
 * Job: reads a whole portal into the mirror, page by page (hubspot-api.md §4.4, plan B: contacts bring their links along),
 * then has every account scored. The cursor is saved with the rows of its page, so a stop at any moment loses nothing.
 */
export async function backfillPortal(ctx: Parts, portalId: PortalId): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (portal?.status !== "backfilling") return;
  if ((await readBackfills(ctx.db, portalId)).length === 0) await begin(ctx, portalId);
  const endAt = performance.now() + turnMs;
  for (let next = await nextType(ctx, portalId); next; next = await nextType(ctx, portalId)) {
    if (performance.now() > endAt) return ctx.queue.wake("backfill-portal", portalId);
    await readPage(ctx, portalId, next.type, next.backfill);
  }
  await markUnseenRecords(ctx.db, portalId, needs.properties | needs.mergeTrace);
  await markAllAccounts(ctx.db, portalId, priorities.backfill);
  if (!(await finishBackfill(ctx.db, portalId))) return ctx.queue.wake("backfill-portal", portalId);
  ctx.log.info({ portalId }, "backfill finished");
  await ctx.queue.wake("refresh-records", portalId);
}

/** The totals are for the progress only: not knowing them stops nothing. */
async function begin(ctx: Parts, portalId: PortalId): Promise<void> {
  await startBackfill(ctx.db, portalId, mirrorTypes, await nextReadNo(ctx.db));
  for (const type of mirrorTypes) await countTotal(ctx, portalId, type);
}

async function nextType(ctx: Parts, portalId: PortalId): Promise<{ type: MirrorType; backfill: Backfill } | null> {
  const backfills = await readBackfills(ctx.db, portalId);
  for (const type of mirrorTypes) {
    const backfill = backfills.find((one) => one.objectType === type);
    if (backfill && !backfill.finishedAt) return { type, backfill };
  }
  return null;
}

async function readPage(ctx: Parts, portalId: PortalId, type: MirrorType, at: Backfill): Promise<void> {
  const readNo = await nextReadNo(ctx.db);
  // After the number: a model that is published later has its reading made again, with a higher one.
  const models = type === "companies" ? await readActiveModels(ctx.db, portalId) : [];
  const extra = models.flatMap((model) => companyPropertiesOf(model.document));
  const associations = linkedTypes(type);
  const page = await listPage(ctx, portalId, type, at.pageAfter, propertiesOf(type, extra), associations);
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
    const linkedIds = associations.length > 0 ? found.map((record) => record.objectId) : [];
    await saveToMirror(trx, portalId, { type, readNo, found, missing: [], linkedIds, links });
  });
}

/** One request of the search budget, which all apps of the portal share: never several at once. */
async function countTotal(ctx: Parts, portalId: PortalId, type: MirrorType): Promise<void> {
  try {
    const { total } = await ctx.hubspot.searchRecords(portalId, {
      objectType: type,
      filterGroups: [],
      properties: [],
      limit: 1,
      priority: "webhook",
    });
    await setBackfillTotal(ctx.db, portalId, type, total);
  } catch (error) {
    ctx.log.info(
      { portalId, type, reason: error instanceof Error ? error.message : "unknown" },
      "the total for the progress is not known",
    );
  }
}

/** A type that the portal's grant does not cover (emails need a scope of their own) is left out, and said. */
async function listPage(
  ctx: Parts,
  portalId: PortalId,
  objectType: MirrorType,
  after: string | null,
  properties: readonly string[],
  associations: readonly string[],
) {
  try {
    return await ctx.hubspot.listRecords(portalId, {
      objectType,
      properties,
      associations,
      after,
      priority: "backfill",
    });
  } catch (error) {
    if (!(error instanceof HubSpotForbidden) || isNeeded(objectType)) throw error;
    ctx.log.warn({ portalId, objectType }, "the portal does not let us read these records; scores leave them out");
    return { records: [], after: null };
  }
}
