import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { type Priority, priorities } from "./dirty-accounts.ts";
import type { Schema } from "./schema.ts";

export interface StaleRecord {
  readonly objectType: string;
  readonly objectId: string;
  readonly needs: number;
  readonly version: number;
  readonly attempts: number;
  readonly priority: Priority;
  /** Until when it is ours, as text. Whoever takes it over has another: this is how a claim that is over is known. */
  readonly lease: string;
}

/** Marks records to be read again, whatever the reason. Rows are locked in key order. */
export async function markStale(
  db: Database,
  portalId: PortalId,
  records: readonly { objectType: string; objectId: string; needs: number }[],
  priority: Priority = priorities.live,
): Promise<void> {
  if (records.length === 0) return;
  await sql`
    INSERT INTO stale_records (portal_id, object_type, object_id, needs, priority)
    SELECT ${portalId}::bigint, object_type, object_id, bit_or(needs), ${priority}::smallint FROM unnest(
      ${records.map((r) => r.objectType)}::text[], ${records.map((r) => r.objectId)}::text[], ${records.map((r) => r.needs)}::int[]
    ) AS t(object_type, object_id, needs)
    GROUP BY 2, 3 ORDER BY 2, 3
    ON CONFLICT (portal_id, object_type, object_id) DO UPDATE
    SET version = stale_records.version + 1, needs = stale_records.needs | excluded.needs,
      priority = least(stale_records.priority, excluded.priority)`.execute(db);
}

/** Has a record that waits read among the first, without a new mark: a mark would put off the end of a reading under way. */
export async function hurryStale(
  db: Database,
  portalId: PortalId,
  objectType: string,
  objectId: string,
): Promise<void> {
  await sql`
    UPDATE stale_records SET priority = ${priorities.live}::smallint
    WHERE portal_id = ${portalId} AND object_type = ${objectType} AND object_id = ${objectId}
      AND priority > ${priorities.live}::smallint`.execute(db);
}

export interface Ripeness {
  /** The database's time now, as text, so that none of its microseconds are lost. */
  readonly now: string;
  /** When the oldest live mark has waited long enough: 0 when it has; null without any. */
  readonly ripeInMs: number | null;
}

/** Whether the live changes of a portal have gathered for `windowMs` since the first of those that wait was marked. */
export async function readRipeness(db: Database, portalId: PortalId, windowMs: number): Promise<Ripeness> {
  const { rows } = await sql<Ripeness>`
    SELECT clock_timestamp()::text AS now, CASE WHEN oldest IS NOT NULL THEN greatest(0, ${windowMs}::int
      - floor(extract(epoch FROM clock_timestamp() - oldest) * 1000))::int END AS "ripeInMs"
    FROM oldest_stale(${portalId}) AS oldest`.execute(db);
  const row = rows[0];
  if (!row) throw new Error("the database did not tell its time");
  return row;
}

/** What may be claimed: live changes marked until then, and all background reads; or only people to erase. */
export type Claimable = { readonly liveUntil: string } | "everything" | "erasures";

/**
 * Takes up to `limit` records of one type and one priority under a lease: of the most urgent priority, the type whose oldest
 * record has waited longest. Records that must be erased come first, whatever they are, and by themselves. A claim that is not
 * settled in `leaseMs` is taken over by somebody else. Migration 0026 has the statements (docs/decisions/0032).
 */
export async function claimStale(
  db: Database,
  portalId: PortalId,
  limit: number,
  leaseMs: number,
  claimable: Claimable = "everything",
): Promise<StaleRecord[]> {
  const liveUntil = claimable === "everything" ? "infinity" : claimable === "erasures" ? null : claimable.liveUntil;
  const { rows } = await sql<StaleRecord>`
    SELECT object_type AS "objectType", object_id AS "objectId", needs, version, attempts, priority, lease_until::text AS lease
    FROM claim_stale(${portalId}, ${limit}, ${leaseMs}, ${liveUntil})`.execute(db);
  return rows;
}

/**
 * Done with: the row goes, unless it was marked again meanwhile; then it waits without a lease, and gathers anew. What
 * somebody else has taken over stays as it is: he may have settled it, and a new mark begins with the same version. The rows are
 * locked by a statement of their own: only then do the next ones see a mark that was made a moment ago.
 */
export async function settleStale(
  trx: Transaction<Schema>,
  portalId: PortalId,
  claims: readonly StaleRecord[],
): Promise<void> {
  if (claims.length === 0) return;
  const done = await lockClaims(trx, portalId, claims);
  await sql`
    DELETE FROM stale_records s USING ${done.claims}
    WHERE ${done.rows} AND ${done.ours} AND s.version = d.version`.execute(trx);
  await sql`
    UPDATE stale_records s SET lease_until = NULL, attempts = 0, marked_at = clock_timestamp() FROM ${done.claims}
    WHERE ${done.rows} AND ${done.ours}`.execute(trx);
}

/** Gives a claim back, to be tried again after `delayMs`; `counts` says whether this was an attempt of its own fault. */
export async function releaseStale(
  trx: Transaction<Schema>,
  portalId: PortalId,
  claims: readonly StaleRecord[],
  delayMs: number,
  counts: boolean,
): Promise<void> {
  if (claims.length === 0) return;
  const done = await lockClaims(trx, portalId, claims);
  await sql`
    UPDATE stale_records s SET lease_until = NULL, attempts = attempts + ${counts ? 1 : 0},
      due_at = clock_timestamp() + ${delayMs} * interval '1 millisecond' FROM ${done.claims}
    WHERE ${done.rows} AND ${done.ours}`.execute(trx);
}

/** The rows are named beside the join, so that they are found by key and not by reading all that waits. */
async function lockClaims(trx: Transaction<Schema>, portalId: PortalId, claims: readonly StaleRecord[]) {
  const [types, ids] = [claims.map((claim) => claim.objectType), claims.map((claim) => claim.objectId)];
  const done = {
    claims: sql`unnest(${types}::text[], ${ids}::text[], ${claims.map((c) => c.version)}::bigint[],
      ${claims.map((c) => c.lease)}::timestamptz[]) AS d(object_type, object_id, version, lease)`,
    ours: sql`s.object_type = d.object_type AND s.object_id = d.object_id AND s.lease_until = d.lease`,
    rows: sql`s.portal_id = ${portalId} AND s.object_type = ANY(${[...new Set(types)]}::text[]) AND s.object_id = ANY(${ids}::text[])`,
  };
  await sql`
    SELECT FROM stale_records s WHERE ${done.rows} ORDER BY s.object_type, s.object_id FOR UPDATE`.execute(trx);
  return done;
}

export async function countStale(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`SELECT count(*)::int AS n FROM stale_records WHERE portal_id = ${portalId}`.execute(db);
  return rows[0]?.n ?? 0;
}
