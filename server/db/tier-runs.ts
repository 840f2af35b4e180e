import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import { awaitsScore } from "./awaits-score.ts";
import type { Database } from "./database.ts";
import { priorities } from "./dirty-accounts.ts";
import type { Schema } from "./schema.ts";

export interface TierRun {
  /** Grows with every change that may move an account; what is done up to `doneVersion` needs no pass. */
  readonly version: number;
  readonly doneVersion: number;
  readonly assignedAt: number | null;
  readonly freeSince: Readonly<Record<string, number>>;
  /** The last day of which the membership was kept. */
  readonly day: string | null;
}

/**
 * Something changed that may move an account: a score, or, for a programme that reads properties, anything. Last in its
 * transaction, because it holds the portal's row until the end. True when a pass is due for it.
 */
export async function wantTiers(db: Database, portalId: PortalId, what: "score" | "anything"): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO tier_runs AS r (portal_id) VALUES (${portalId})
    ON CONFLICT (portal_id) DO UPDATE SET version = r.version + 1
    WHERE ${what === "score"} OR r.reads_properties RETURNING 1`.execute(db);
  return rows.length > 0;
}

/** A person waits for what they decided: the next pass begins at once. */
export async function wantTiersNow(db: Database, portalId: PortalId): Promise<void> {
  await sql`
    INSERT INTO tier_runs AS r (portal_id) VALUES (${portalId})
    ON CONFLICT (portal_id) DO UPDATE SET version = r.version + 1, next_run_at = clock_timestamp()`.execute(db);
}

/**
 * One at a time assigns, overrides or edits the tiers of a portal. Nobody else who works for it waits. Gone or disconnected
 * portals give null.
 */
export async function lockTiers(trx: Transaction<Schema>, portalId: PortalId): Promise<{ timeZone: string } | null> {
  const { rows } = await sql<{ timeZone: string }>`
    SELECT time_zone AS "timeZone" FROM portals
    WHERE portal_id = ${portalId} AND status <> 'disconnected' FOR NO KEY UPDATE`.execute(trx);
  return rows[0] ?? null;
}

export async function readTierRun(db: Database, portalId: PortalId): Promise<TierRun | null> {
  const row = await db
    .selectFrom("tier_runs")
    .select(["version", "done_version as doneVersion", "assigned_at as assignedAt", "free_since as freeSince", "day"])
    .where("portal_id", "=", portalId)
    .executeTakeFirst();
  return row ?? null;
}

/** True while a pass is wanted, or what the last one changed is not among the accounts' outputs yet. */
export async function areTiersWaiting(db: Database, portalId: PortalId): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM tier_runs r WHERE r.portal_id = ${portalId} AND (r.version > r.done_version
      OR EXISTS (SELECT FROM tier_members m WHERE m.portal_id = r.portal_id AND NOT m.told))`.execute(db);
  return rows.length > 0;
}

/** Whether a pass may begin: its time has come, the portal is read, and nothing is being scored that would mix old with new. */
export async function mayAssign(db: Database, portalId: PortalId): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM tier_runs r JOIN portals p ON p.portal_id = r.portal_id AND p.status = 'ready'
    WHERE r.portal_id = ${portalId} AND r.next_run_at <= clock_timestamp() AND ${noBulk} AND ${noMerge}`.execute(db);
  return rows.length > 0;
}

/** Accounts that a backfill or a new model marked (`priorities.backfill`), also while they are worked on. */
const noBulk = sql`NOT EXISTS (SELECT FROM dirty_accounts d WHERE d.portal_id = r.portal_id AND d.priority = ${priorities.backfill})`;
const noMerge = sql`NOT EXISTS (SELECT FROM tier_members m WHERE m.portal_id = r.portal_id AND ${awaitsScore})`;

/** What a pass takes beyond a second is followed by a rest of twenty times that: a large portal is not at it all the time. */
export async function finishTierRun(
  db: Database,
  portalId: PortalId,
  run: Omit<TierRun, "version"> & { readonly readsProperties: boolean; readonly tookMs: number },
): Promise<void> {
  await sql`
    UPDATE tier_runs SET done_version = ${run.doneVersion}, assigned_at = ${run.assignedAt}, done_at = clock_timestamp(),
      reads_properties = ${run.readsProperties}, free_since = ${JSON.stringify(run.freeSince)}::jsonb, day = ${run.day},
      next_run_at = clock_timestamp() + ${Math.min(Math.max(0, run.tookMs - 1_000) * 20, 600_000)} * interval '1 millisecond'
    WHERE portal_id = ${portalId}`.execute(db);
}

/** Portals of which a pass is due: something changed, an override ran out, or an hour has passed, which brings days and dates. */
export async function findPortalsToAssign(db: Database, now: number): Promise<PortalId[]> {
  const { rows } = await sql<{ portalId: PortalId }>`
    SELECT r.portal_id AS "portalId" FROM tier_runs r JOIN portals p ON p.portal_id = r.portal_id AND p.status = 'ready'
    WHERE r.next_run_at <= clock_timestamp() AND ${noBulk} AND ${noMerge} AND (r.version > r.done_version
      OR r.done_at < clock_timestamp() - interval '1 hour'
      OR EXISTS (SELECT FROM tier_members m WHERE m.portal_id = r.portal_id AND NOT m.told)
      OR EXISTS (SELECT FROM tier_overrides o WHERE o.portal_id = r.portal_id AND o.ended_at IS NULL AND o.expires_at <= ${now}))
    ORDER BY r.next_run_at LIMIT 1000`.execute(db);
  return rows.map((row) => row.portalId);
}
