import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export interface Backfill {
  readonly objectType: string;
  readonly pageAfter: string | null;
  /** Read number at the start: another one means that it was begun again. */
  readonly startedNo: number;
  readonly done: number;
  readonly total: number | null;
  readonly finishedAt: Date | null;
}

/** Starts a backfill for every type that will be read; `startedNo` is a read number taken now. */
export async function startBackfill(
  db: Database,
  portalId: PortalId,
  objectTypes: readonly string[],
  startedNo: number,
): Promise<void> {
  await db
    .insertInto("backfills")
    .values(
      objectTypes.map((type) => ({
        portal_id: portalId,
        object_type: type,
        page_after: null,
        total: null,
        started_no: startedNo,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
}

/**
 * Reads one type again from the beginning, because more is wanted of it than was asked for. A portal that is still being
 * prepared does so anyway.
 */
export async function restartBackfill(trx: Transaction<Schema>, portalId: PortalId, objectType: string): Promise<void> {
  await sql`
    UPDATE backfills SET page_after = NULL, done = 0, finished_at = NULL, started_no = nextval('read_numbers')
    WHERE portal_id = ${portalId} AND object_type = ${objectType}`.execute(trx);
  await trx
    .updateTable("portals")
    .set({ status: "backfilling" })
    .where("portal_id", "=", portalId)
    .where("status", "=", "ready")
    .execute();
}

/** The next backfill begins from the beginning. */
export async function forgetBackfill(db: Database, portalId: PortalId): Promise<void> {
  await db.deleteFrom("backfills").where("portal_id", "=", portalId).execute();
}

/**
 * Records that a finished backfill did not come upon were deleted or merged while we were not told: they are marked to be
 * looked at one by one. Usually there are none.
 */
export async function markUnseenRecords(db: Database, portalId: PortalId, needs: number): Promise<void> {
  await sql`
    INSERT INTO stale_records (portal_id, object_type, object_id, needs)
    SELECT r.portal_id, r.object_type, r.object_id, ${needs} FROM crm_records r
    JOIN backfills b ON b.portal_id = r.portal_id AND b.object_type = r.object_type
    WHERE r.portal_id = ${portalId} AND NOT r.archived AND r.read_no < b.started_no
    ORDER BY r.object_type, r.object_id
    ON CONFLICT (portal_id, object_type, object_id) DO UPDATE
    SET version = stale_records.version + 1, needs = stale_records.needs | excluded.needs`.execute(db);
}

export async function readBackfills(db: Database, portalId: PortalId): Promise<Backfill[]> {
  return db
    .selectFrom("backfills")
    .select([
      "object_type as objectType",
      "page_after as pageAfter",
      "started_no as startedNo",
      "done",
      "total",
      "finished_at as finishedAt",
    ])
    .where("portal_id", "=", portalId)
    .execute();
}

/**
 * Moves the cursor on, in the transaction that saves the page: after a crash the next page is the right one. False when
 * another worker took the same page first, or the backfill was begun again meanwhile.
 */
export async function advanceBackfill(
  trx: Transaction<Schema>,
  portalId: PortalId,
  page: { objectType: string; startedNo: number; from: string | null; next: string | null; count: number },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE backfills SET page_after = ${page.next}, done = done + ${page.count},
      finished_at = CASE WHEN ${page.next}::text IS NULL THEN now() END
    WHERE portal_id = ${portalId} AND object_type = ${page.objectType} AND page_after IS NOT DISTINCT FROM ${page.from}
      AND started_no = ${page.startedNo} AND finished_at IS NULL
    RETURNING 1`.execute(trx);
  return rows.length > 0;
}

/** The portal is ready, unless something was begun again meanwhile: then false. */
export async function finishBackfill(db: Database, portalId: PortalId): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // Whoever begins again holds this row too; the next statement sees what they did.
    await sql`SELECT FROM portals WHERE portal_id = ${portalId} FOR NO KEY UPDATE`.execute(trx);
    const { rows } = await sql`
      UPDATE portals SET status = 'ready' WHERE portal_id = ${portalId} AND status = 'backfilling'
        AND NOT EXISTS (SELECT FROM backfills WHERE portal_id = ${portalId} AND finished_at IS NULL)
      RETURNING 1`.execute(trx);
    return rows.length > 0;
  });
}

export async function setBackfillTotal(
  db: Database,
  portalId: PortalId,
  objectType: string,
  total: number,
): Promise<void> {
  await db
    .updateTable("backfills")
    .set({ total })
    .where("portal_id", "=", portalId)
    .where("object_type", "=", objectType)
    .execute();
}
