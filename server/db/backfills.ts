import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export interface Backfill {
  readonly objectType: string;
  readonly pageAfter: string | null;
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
    .select(["object_type as objectType", "page_after as pageAfter", "done", "total", "finished_at as finishedAt"])
    .where("portal_id", "=", portalId)
    .execute();
}

/**
 * Moves the cursor on, in the transaction that saves the page: after a crash the next page is the right one. False when
 * another worker took the same page first.
 */
export async function advanceBackfill(
  trx: Transaction<Schema>,
  portalId: PortalId,
  page: { objectType: string; from: string | null; next: string | null; count: number },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE backfills SET page_after = ${page.next}, done = done + ${page.count},
      finished_at = CASE WHEN ${page.next}::text IS NULL THEN now() END
    WHERE portal_id = ${portalId} AND object_type = ${page.objectType} AND page_after IS NOT DISTINCT FROM ${page.from}
      AND finished_at IS NULL
    RETURNING 1`.execute(trx);
  return rows.length > 0;
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
