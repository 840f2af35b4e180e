import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Compressed, as PostgreSQL keeps them: some ten times that when read. Bounds the memory of portals with giant accounts. */
const maxPageBytes = 2_000_000;

export interface SnapshotPage {
  readonly snapshots: readonly AccountSnapshot[];
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null;
}

/** Stored snapshots of a portal by account id, a page at a time: at most `limit` and 2 MB of them, at least one. */
export async function readSnapshotPage(
  db: Database,
  portalId: PortalId,
  after: string,
  limit: number,
): Promise<SnapshotPage> {
  const { rows } = await sql<{ accountId: string; snapshot: AccountSnapshot }>`
    WITH sized AS MATERIALIZED (
      SELECT account_id, pg_column_size(snapshot) AS bytes FROM account_scores
      WHERE portal_id = ${portalId} AND account_id > ${after} ORDER BY account_id LIMIT ${limit}
    ), page AS (
      SELECT account_id, sum(bytes) OVER (ORDER BY account_id) - bytes AS bytes_before FROM sized
    )
    SELECT s.account_id AS "accountId", s.snapshot FROM page
    JOIN account_scores s ON s.portal_id = ${portalId} AND s.account_id = page.account_id
    WHERE page.bytes_before < ${maxPageBytes} ORDER BY s.account_id`.execute(db);
  return { snapshots: rows.map((row) => row.snapshot), next: rows.at(-1)?.accountId ?? null };
}

export async function countSnapshots(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM account_scores WHERE portal_id = ${portalId}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Names of company properties that the mirror holds, found in 200 of its companies: all are read alike. */
export async function listMirroredProperties(db: Database, portalId: PortalId): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    SELECT DISTINCT name FROM (
      SELECT properties FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'companies' AND NOT archived LIMIT 200
    ) sample, jsonb_object_keys(sample.properties) AS name`.execute(db);
  return new Set(rows.map((row) => row.name));
}
