import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { RequestClass } from "./budgets.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Lower goes first, here and in `stale_records`: a live change overtakes what waits for time, a reconcile or a backfill. */
export const priorities = { live: 0, due: 1, reconcile: 2, backfill: 3 } as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

/** Who waits for the requests to HubSpot that such work needs. */
export const requestClasses: Readonly<Record<Priority, Exclude<RequestClass, "card">>> = {
  [priorities.live]: "webhook",
  [priorities.due]: "due",
  [priorities.reconcile]: "reconcile",
  [priorities.backfill]: "backfill",
};

export interface DirtyAccount {
  readonly accountId: AccountId;
  readonly priority: Priority;
  readonly version: number;
  readonly attempts: number;
  /** See `StaleRecord`. */
  readonly lease: string;
  /** How long it has been dirty. */
  readonly waitedMs: number;
}

export async function markDirty(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  priority: Priority,
): Promise<void> {
  if (accountIds.length === 0) return;
  await sql`SELECT mark_dirty(${portalId}, ${[...accountIds]}::text[], ${priority}::smallint)`.execute(db);
}

/**
 * Takes up to `limit` accounts under a lease, live changes first, then those that waited longest. A claim that is not
 * settled in `leaseMs` is taken over by somebody else.
 */
export async function claimDirty(
  db: Database,
  portalId: PortalId,
  limit: number,
  leaseMs: number,
): Promise<DirtyAccount[]> {
  const { rows } = await sql<DirtyAccount>`
    SELECT account_id AS "accountId", priority, version, attempts, lease_until::text AS lease,
      (extract(epoch FROM clock_timestamp() - marked_at) * 1000)::float8 AS "waitedMs"
    FROM claim_dirty(${portalId}, ${limit}, ${leaseMs})`.execute(db);
  return rows;
}

/**
 * Done with: the row goes, unless it was marked again meanwhile; then it waits without a lease. See `settleStale`. The statements
 * of marking, claiming and settling are functions (migration 0025, docs/decisions/0032).
 */
export async function settleDirty(
  trx: Transaction<Schema>,
  portalId: PortalId,
  claims: readonly DirtyAccount[],
): Promise<void> {
  if (claims.length === 0) return;
  const [ids, leases] = [claims.map((claim) => claim.accountId), claims.map((claim) => claim.lease)];
  const versions = claims.map((claim) => claim.version);
  await sql`SELECT settle_dirty(${portalId}, ${ids}::text[], ${versions}::bigint[], ${leases}::timestamptz[])`.execute(
    trx,
  );
}

/** Gives a claim back, to be tried again after `delayMs`; `counts` says whether this was an attempt of its own fault. */
export async function releaseDirty(
  trx: Transaction<Schema>,
  portalId: PortalId,
  claims: readonly DirtyAccount[],
  delayMs: number,
  counts: boolean,
): Promise<void> {
  if (claims.length === 0) return;
  const ids = claims.map((claim) => claim.accountId);
  // The rows are named beside the join, so that they are found by key and not by reading all that waits.
  const rows = sql`a.portal_id = ${portalId} AND a.account_id = ANY(${ids}::text[])`;
  await sql`SELECT FROM dirty_accounts a WHERE ${rows} ORDER BY a.account_id FOR UPDATE`.execute(trx);
  await sql`
    UPDATE dirty_accounts a SET lease_until = NULL, attempts = attempts + ${counts ? 1 : 0},
      due_at = clock_timestamp() + ${delayMs} * interval '1 millisecond'
    FROM unnest(${ids}::text[], ${claims.map((c) => c.lease)}::timestamptz[]) AS d(account_id, lease)
    WHERE ${rows} AND a.account_id = d.account_id AND a.lease_until = d.lease`.execute(trx);
}

export async function isWaiting(db: Database, portalId: PortalId, accountId: AccountId): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    SELECT EXISTS (SELECT FROM dirty_accounts WHERE portal_id = ${portalId} AND account_id = ${accountId})
      OR EXISTS (
        SELECT FROM stale_records s
        WHERE s.portal_id = ${portalId} AND s.object_type = 'companies' AND s.object_id = ${accountId}
      ) OR EXISTS (
        SELECT FROM crm_links l CROSS JOIN LATERAL (
          SELECT FROM stale_records
          WHERE portal_id = ${portalId} AND object_type = l.from_type AND object_id = l.from_id OFFSET 0) s
        WHERE l.portal_id = ${portalId} AND l.to_type = 'companies' AND l.to_id = ${accountId}
      ) AS waiting`.execute(db);
  return rows[0]?.waiting ?? false;
}

export async function countDirty(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`SELECT count(*)::int AS n FROM dirty_accounts WHERE portal_id = ${portalId}`.execute(db);
  return rows[0]?.n ?? 0;
}
