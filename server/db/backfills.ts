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

/** Starts a backfill from the beginning, for every type that will be read. */
export async function startBackfill(db: Database, portalId: PortalId, objectTypes: readonly string[]): Promise<void> {
  await db
    .insertInto("backfills")
    .values(objectTypes.map((type) => ({ portal_id: portalId, object_type: type, page_after: null, total: null })))
    .onConflict((c) =>
      c
        .columns(["portal_id", "object_type"])
        .doUpdateSet({ page_after: null, done: 0, total: null, finished_at: null }),
    )
    .execute();
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
