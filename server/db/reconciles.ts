import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** "poll": counters that HubSpot changes without a webhook, every few minutes. "full": everything, once a night. */
export type ReconcileScope = "poll" | "full";

/** How many differences were found, by kind. */
export type Drift = Readonly<Record<string, number>>;

export interface Reconcile {
  readonly scope: ReconcileScope;
  /** By the business clock; also tells one run from the next. */
  readonly startedAt: number;
  readonly step: string;
  readonly pageAfter: string | null;
  readonly checked: number;
  readonly drift: Drift;
  readonly finishedAt: number | null;
}

const columns = sql`scope, started_at AS "startedAt", step, page_after AS "pageAfter", checked, drift, finished_at AS "finishedAt"`;

/** Begins a run; one that is under way goes on instead. */
export async function startReconcile(
  db: Database,
  portalId: PortalId,
  run: { scope: ReconcileScope; step: string; now: number },
): Promise<void> {
  await sql`
    INSERT INTO reconciles AS r (portal_id, scope, started_at, step) VALUES (${portalId}, ${run.scope}, ${run.now}, ${run.step})
    ON CONFLICT (portal_id, scope) DO UPDATE
    SET started_at = excluded.started_at, step = excluded.step, page_after = NULL, checked = 0, drift = '{}', advanced_at = NULL,
      finished_at = NULL
    WHERE r.finished_at IS NOT NULL`.execute(db);
}

/**
 * Begins a full run for every installed portal, also where one is under way: it does not know of what happened while nobody
 * was there.
 */
export async function restartAllReconciles(db: Database, step: string, now: number): Promise<number> {
  const { rows } = await sql`
    INSERT INTO reconciles (portal_id, scope, started_at, step)
    SELECT portal_id, 'full', ${now}::bigint, ${step} FROM portals WHERE status = 'ready' ORDER BY portal_id
    ON CONFLICT (portal_id, scope) DO UPDATE
    SET started_at = excluded.started_at, step = excluded.step, page_after = NULL, checked = 0, drift = '{}', advanced_at = NULL,
      finished_at = NULL
    RETURNING 1`.execute(db);
  return rows.length;
}

/** The run to go on with, the short one first. */
export async function nextReconcile(db: Database, portalId: PortalId): Promise<Reconcile | undefined> {
  const { rows } = await sql<Reconcile>`
    SELECT ${columns} FROM reconciles WHERE portal_id = ${portalId} AND finished_at IS NULL
    ORDER BY scope DESC LIMIT 1`.execute(db);
  return rows[0];
}

export async function readReconcile(
  db: Database,
  portalId: PortalId,
  scope: ReconcileScope,
): Promise<Reconcile | undefined> {
  const { rows } = await sql<Reconcile>`
    SELECT ${columns} FROM reconciles WHERE portal_id = ${portalId} AND scope = ${scope}`.execute(db);
  return rows[0];
}

/**
 * Moves a run on, in the transaction that saves what the page brought: after a crash the next page is the right one. False
 * when another worker took the same page first, or the run was begun again meanwhile.
 */
export async function advanceReconcile(
  trx: Transaction<Schema>,
  portalId: PortalId,
  run: Reconcile,
  to: { step: string; pageAfter: string | null; checked: number; drift: Drift; finishedAt: number | null },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE reconciles SET step = ${to.step}, page_after = ${to.pageAfter}, checked = ${to.checked},
      drift = ${JSON.stringify(to.drift)}::jsonb, finished_at = ${to.finishedAt}, advanced_at = now()
    WHERE portal_id = ${portalId} AND scope = ${run.scope} AND started_at = ${run.startedAt} AND step = ${run.step}
      AND page_after IS NOT DISTINCT FROM ${run.pageAfter} AND finished_at IS NULL
    RETURNING 1`.execute(trx);
  return rows.length > 0;
}

export interface ReconcileMark {
  /** Everything that HubSpot changed before this moment has been compared. */
  readonly changedUntil: number | null;
  /** Where the slow pass over everything stands, over many nights. */
  readonly sweptTo: string | null;
}

export async function readReconcileMark(
  db: Database,
  portalId: PortalId,
  scope: ReconcileScope,
  objectType: string,
): Promise<ReconcileMark> {
  const { rows } = await sql<ReconcileMark>`
    SELECT changed_until AS "changedUntil", swept_to AS "sweptTo" FROM reconcile_marks
    WHERE portal_id = ${portalId} AND scope = ${scope} AND object_type = ${objectType}`.execute(db);
  return rows[0] ?? { changedUntil: null, sweptTo: null };
}

export async function saveReconcileMark(
  trx: Transaction<Schema>,
  portalId: PortalId,
  scope: ReconcileScope,
  objectType: string,
  mark: Partial<ReconcileMark>,
): Promise<void> {
  const values = {
    ...(mark.changedUntil !== undefined && { changed_until: mark.changedUntil }),
    ...(mark.sweptTo !== undefined && { swept_to: mark.sweptTo }),
  };
  await trx
    .insertInto("reconcile_marks")
    .values({ portal_id: portalId, scope, object_type: objectType, ...values })
    .onConflict((c) => c.columns(["portal_id", "scope", "object_type"]).doUpdateSet(values))
    .execute();
}

/** The portal was installed again: everything is read anew, and what was known before says nothing. */
export async function forgetReconciles(db: Database, portalId: PortalId): Promise<void> {
  await db.deleteFrom("reconciles").where("portal_id", "=", portalId).execute();
  await db.deleteFrom("reconcile_marks").where("portal_id", "=", portalId).execute();
}

export interface ReconcileTimes {
  readonly portalId: PortalId;
  readonly timeZone: string;
  /** When a run last began; before the first one, when the portal was installed. */
  readonly fullAt: number;
  readonly pollAt: number;
}

/** Portals in working order without a run under way, with the last beginnings. */
export async function listRestingPortals(db: Database): Promise<ReconcileTimes[]> {
  const since = (scope: ReconcileScope) => sql`coalesce((
    SELECT r.started_at FROM reconciles r WHERE r.portal_id = p.portal_id AND r.scope = ${scope}),
    (extract(epoch FROM p.installed_at) * 1000)::bigint)`;
  const { rows } = await sql<ReconcileTimes>`
    SELECT p.portal_id AS "portalId", p.time_zone AS "timeZone", ${since("full")} AS "fullAt", ${since("poll")} AS "pollAt"
    FROM portals p WHERE p.status = 'ready'
      AND NOT EXISTS (SELECT FROM reconciles o WHERE o.portal_id = p.portal_id AND o.finished_at IS NULL)`.execute(db);
  return rows;
}

/** The run has no worker for now. */
export async function restReconcile(db: Database, portalId: PortalId): Promise<void> {
  await sql`UPDATE reconciles SET advanced_at = NULL WHERE portal_id = ${portalId} AND finished_at IS NULL`.execute(db);
}

/** A run that moved within this time has a worker. */
const restingMs = 15_000;

/** Portals whose run waits for a worker, so many that with those at work at most `atOnce` run. */
export async function listWaitingReconciles(db: Database, atOnce: number): Promise<PortalId[]> {
  const { rows } = await sql<{ portalId: PortalId }>`
    WITH open AS (
      SELECT r.portal_id, min(r.started_at) AS started_at,
        max(r.advanced_at) > now() - ${restingMs} * interval '1 millisecond' AS moving
      FROM reconciles r JOIN portals p ON p.portal_id = r.portal_id AND p.status = 'ready'
      WHERE r.finished_at IS NULL GROUP BY r.portal_id
    )
    SELECT portal_id AS "portalId" FROM open WHERE moving IS NOT TRUE ORDER BY started_at, portal_id
    LIMIT greatest(0, ${atOnce}::int - (SELECT count(*) FROM open WHERE moving)::int)`.execute(db);
  return rows.map((row) => row.portalId);
}
