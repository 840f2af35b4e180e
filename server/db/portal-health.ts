import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { standsRefused } from "./write-failures.ts";

export interface FailedWrite {
  readonly type: "companies" | "contacts";
  readonly id: string;
  readonly name: string | null;
  readonly category: string;
  readonly message: string;
  readonly failedAt: Date;
}

/** Results that stand refused, the newest refusal first, by the name of the company. People are not named here. */
export async function listFailedWrites(db: Database, portalId: PortalId, limit: number): Promise<FailedWrite[]> {
  const { rows } = await sql<FailedWrite>`
    SELECT f.object_type AS type, f.object_id AS id, r.properties ->> 'name' AS name, f.category, f.message,
      f.failed_at AS "failedAt"
    FROM write_failures f
    LEFT JOIN crm_records r ON f.object_type = 'companies' AND r.portal_id = f.portal_id AND r.object_type = 'companies'
      AND r.object_id = f.object_id
    WHERE f.portal_id = ${portalId} AND (${standsRefused("companies")} OR ${standsRefused("contacts")})
    ORDER BY f.failed_at DESC, f.object_type, f.object_id LIMIT ${limit}`.execute(db);
  return rows;
}

/** Null: that has not happened yet. */
export interface SyncTimes {
  /** A live change was read and its result written. */
  readonly resultAt: Date | null;
  /** The longest that something waits; null: nothing does. */
  readonly waitingSince: Date | null;
  /** All records were read for the first time, or again for a new property. */
  readonly backfilledAt: Date | null;
}

export async function readSyncTimes(db: Database, portalId: PortalId): Promise<SyncTimes> {
  const { rows } = await sql<SyncTimes>`
    SELECT (SELECT measured_at FROM write_delays WHERE portal_id = ${portalId}) AS "resultAt",
      least((SELECT min(marked_at) FROM stale_records WHERE portal_id = ${portalId}),
        (SELECT min(marked_at) FROM dirty_accounts WHERE portal_id = ${portalId})) AS "waitingSince",
      (SELECT CASE WHEN bool_and(finished_at IS NOT NULL) THEN max(finished_at) END FROM backfills
        WHERE portal_id = ${portalId}) AS "backfilledAt"`.execute(db);
  return rows[0] ?? { resultAt: null, waitingSince: null, backfilledAt: null };
}

/** How much of the priority model is known, by accounts. */
export interface KnownCounts {
  readonly accounts: number;
  /** Under half: nothing is rescaled. */
  readonly underHalf: number;
  /** Under a quarter: there is almost nothing in the CRM. */
  readonly underQuarter: number;
}

/** Written as in the index `account_scores_unknown`. */
const known = sql`nullif(s.output ->> 'touchstone_coverage', '')::int`;

export async function countKnown(db: Database, portalId: PortalId): Promise<KnownCounts> {
  const { rows } = await sql<KnownCounts>`
    SELECT (SELECT count(*) FROM account_scores WHERE portal_id = ${portalId})::int AS accounts,
      count(*)::int AS "underHalf", (count(*) FILTER (WHERE ${known} < 25))::int AS "underQuarter"
    FROM account_scores s WHERE s.portal_id = ${portalId} AND ${known} < 50`.execute(db);
  return rows[0] ?? { accounts: 0, underHalf: 0, underQuarter: 0 };
}

/** Accounts of which least is known, and how many per cent; a name each. */
export async function listLeastKnown(
  db: Database,
  portalId: PortalId,
  limit: number,
): Promise<{ companyId: string; name: string | null; known: number }[]> {
  const { rows } = await sql<{ companyId: string; name: string | null; known: number }>`
    SELECT a.account_id AS "companyId", r.properties ->> 'name' AS name, a.known
    FROM (SELECT s.account_id, ${known} AS known FROM account_scores s
      WHERE s.portal_id = ${portalId} AND ${known} < 25 ORDER BY known, s.account_id LIMIT ${limit}) a
    LEFT JOIN crm_records r ON r.portal_id = ${portalId} AND r.object_type = 'companies' AND r.object_id = a.account_id
    ORDER BY a.known, a.account_id`.execute(db);
  return rows;
}
