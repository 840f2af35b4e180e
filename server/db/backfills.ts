import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { priorities } from "./dirty-accounts.ts";
import type { Schema } from "./schema.ts";

export interface Backfill {
  readonly objectType: string;
  readonly pageAfter: string | null;
  /** Read number at the start: another one means that it was begun again. */
  readonly startedNo: number;
  readonly done: number;
  readonly total: number | null;
  readonly finishedAt: Date | null;
  /** Records a second over the last half minute to a minute. */
  readonly perSecond: number;
}

/** How long a mark of the pace stands before the next one takes its place. */
const paceMs = 30_000;

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
    UPDATE backfills SET page_after = NULL, done = 0, finished_at = NULL, started_no = nextval('read_numbers'),
      pace_from_at = clock_timestamp(), pace_from_done = 0, pace_next_at = clock_timestamp(), pace_next_done = 0
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
 * looked at one by one. Usually there are none. A backfill that was begun again meanwhile has not come upon anything yet.
 */
export async function markUnseenRecords(db: Database, portalId: PortalId, needs: number): Promise<void> {
  await sql`
    INSERT INTO stale_records (portal_id, object_type, object_id, needs, priority)
    SELECT r.portal_id, r.object_type, r.object_id, ${needs}, ${priorities.backfill}::smallint FROM crm_records r
    JOIN backfills b ON b.portal_id = r.portal_id AND b.object_type = r.object_type
    WHERE r.portal_id = ${portalId} AND NOT r.archived AND r.read_no < b.started_no AND b.finished_at IS NOT NULL
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
      sql<number>`((done - pace_from_done)
        / greatest(0.1, extract(epoch FROM clock_timestamp() - pace_from_at)))::float8`.as("perSecond"),
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
    UPDATE backfills SET page_after = ${page.next}, done = done + ${page.count}, ${pace(page.count)},
      finished_at = CASE WHEN ${page.next}::text IS NULL THEN now() END
    WHERE portal_id = ${portalId} AND object_type = ${page.objectType} AND page_after IS NOT DISTINCT FROM ${page.from}
      AND started_no = ${page.startedNo} AND finished_at IS NULL
    RETURNING 1`.execute(trx);
  return rows.length > 0;
}

/** Two marks take turns: the rate is counted from the older one, at first from the first page, because a type may have waited. */
const pace = (count: number) => {
  const isDue = sql`pace_next_at < clock_timestamp() - ${paceMs} * interval '1 millisecond'`;
  return sql`
    pace_from_at = CASE WHEN done = 0 THEN clock_timestamp() WHEN ${isDue} THEN pace_next_at ELSE pace_from_at END,
    pace_from_done = CASE WHEN done = 0 THEN ${count} WHEN ${isDue} THEN pace_next_done ELSE pace_from_done END,
    pace_next_at = CASE WHEN done = 0 OR ${isDue} THEN clock_timestamp() ELSE pace_next_at END,
    pace_next_done = CASE WHEN done = 0 OR ${isDue} THEN done + ${count} ELSE pace_next_done END`;
};

/** Counts records of a type that were read beside the pages of another one. */
export async function countRead(
  trx: Transaction<Schema>,
  portalId: PortalId,
  objectType: string,
  count: number,
): Promise<void> {
  await sql`
    UPDATE backfills SET done = done + ${count}, ${pace(count)}
    WHERE portal_id = ${portalId} AND object_type = ${objectType}`.execute(trx);
}

/**
 * Until the transaction ends no page of companies is saved: what is marked for all accounts is marked for those of the page as well. One
 * that came in between would be scored by what held before, and nobody would know.
 */
export async function holdPages(trx: Transaction<Schema>, portalId: PortalId): Promise<void> {
  await sql`SELECT FROM backfills WHERE portal_id = ${portalId} AND object_type = 'companies' FOR UPDATE`.execute(trx);
}

/** The portal is ready, unless something was begun again meanwhile, or is to be: then false. */
export async function finishBackfill(db: Database, portalId: PortalId): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // Whoever begins again holds this row too; the next statement sees what they did.
    await sql`SELECT FROM portals WHERE portal_id = ${portalId} FOR NO KEY UPDATE`.execute(trx);
    const { rows } = await sql`
      UPDATE portals SET status = 'ready' WHERE portal_id = ${portalId} AND status = 'backfilling'
        AND (SELECT bool_and(finished_at IS NOT NULL) FROM backfills WHERE portal_id = ${portalId})
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
