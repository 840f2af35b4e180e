import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export const taskKinds = ["hot", "step", "handoff"] as const;
export type TaskKind = (typeof taskKinds)[number];

/** A HubSpot task that is to be made, exactly once. */
export interface WantedTask {
  /**
   * Stands in the task's subject, by which it is found again. It names what the task was raised for and stays the same when
   * companies are merged, as `accountId` does not.
   */
  readonly marker: string;
  readonly kind: TaskKind;
  readonly accountId: string;
  /** Of the alert; 0 when it is of no alert. */
  readonly crossedAt: number;
  /** Of the play's step; "" when it is of none. */
  readonly playId: string;
  readonly step: number;
  /** From when on it is to be made. */
  readonly fromAt: number;
  /** True when it was sent before and the answer never came: it may stand in HubSpot already. */
  readonly maybeMade: boolean;
  /** Since when it is being sent: whoever takes it over changes that, and it is not this one's any more. */
  readonly sentAt: string;
}

/**
 * Takes tasks whose time has come, hot accounts first, and notes that they are being sent, before they are. What was sent
 * longer ago than `unansweredMs` without an answer is taken again, to look whether it landed.
 */
export async function claimTasks(
  db: Database,
  portalId: PortalId,
  now: number,
  { limit, unansweredMs }: { readonly limit: number; readonly unansweredMs: number },
): Promise<WantedTask[]> {
  const { rows } = await sql<WantedTask>`
    WITH picked AS (
      SELECT marker, state FROM tasks
      WHERE portal_id = ${portalId} AND from_at <= ${now}::bigint AND (state = 'wanted'
        OR (state = 'sent' AND sent_at < clock_timestamp() - ${unansweredMs} * interval '1 millisecond'))
      ORDER BY kind <> 'hot', from_at, marker LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE tasks t SET state = 'sent', sent_at = clock_timestamp() FROM picked p
    WHERE t.portal_id = ${portalId} AND t.marker = p.marker
    RETURNING t.marker, t.kind, t.account_id AS "accountId", coalesce(t.crossed_at, 0) AS "crossedAt",
      coalesce(t.play_id::text, '') AS "playId", coalesce(t.step, 0) AS step, t.from_at AS "fromAt", p.state = 'sent' AS "maybeMade",
      t.sent_at::text AS "sentAt"`.execute(db);
  return rows;
}

type Claim = Pick<WantedTask, "marker" | "accountId" | "sentAt">;

/** Claims that still stand: nobody has taken the task over, and its company was not merged into another one. */
const standing = (portalId: PortalId, claims: readonly Claim[]) => sql`
  unnest(${claims.map((one) => one.marker)}::text[], ${claims.map((one) => one.accountId)}::text[],
    ${claims.map((one) => one.sentAt)}::timestamptz[]) AS c(marker, account_id, sent_at)
  WHERE t.portal_id = ${portalId} AND t.marker = c.marker AND t.account_id = c.account_id AND t.sent_at = c.sent_at
    AND t.state = 'sent'`;

/**
 * Just before a task goes out: those that were claimed together go out one after another, which may take longer than a claim
 * stands. Null when it is not this one's any more, and when somebody was erased since its text was begun, which may name them.
 */
export async function beginSending<Task extends Claim>(
  db: Database,
  portalId: PortalId,
  task: Task,
  erasures: number,
): Promise<Task | null> {
  const { rows } = await sql<{ sentAt: string }>`
    UPDATE tasks t SET sent_at = clock_timestamp() FROM ${standing(portalId, [task])}
      AND EXISTS (SELECT FROM portals p WHERE p.portal_id = t.portal_id AND p.erasures = ${erasures}) RETURNING t.sent_at::text AS "sentAt"`.execute(
    db,
  );
  return rows[0] ? { ...task, sentAt: rows[0].sentAt } : null;
}

/** HubSpot has it, whoever sent it. */
export async function markTaskMade(db: Database, portalId: PortalId, marker: string, taskId: string): Promise<void> {
  await sql`
    UPDATE tasks SET state = 'made', task_id = ${taskId} WHERE portal_id = ${portalId} AND marker = ${marker}`.execute(
    db,
  );
}

/** HubSpot cannot have made these: they are sent again without looking. */
export async function markTasksWanted(db: Database, portalId: PortalId, claims: readonly Claim[]): Promise<void> {
  await sql`UPDATE tasks t SET state = 'wanted' FROM ${standing(portalId, claims)}`.execute(db);
}

export async function markTaskRefused(db: Database, portalId: PortalId, claim: Claim, reason: string): Promise<void> {
  await sql`UPDATE tasks t SET state = 'refused', refusal = ${reason} FROM ${standing(portalId, [claim])}`.execute(db);
}

/** A new grant may allow what the one before did not: what HubSpot refused is asked for once more, where it is still needed. */
export async function wantRefusedTasks(db: Database, portalId: PortalId): Promise<void> {
  await sql`
    UPDATE tasks SET state = 'wanted', refusal = NULL WHERE portal_id = ${portalId} AND state = 'refused'`.execute(db);
}

/**
 * Nobody needs these any more, and HubSpot does not have them. One whose company was merged meanwhile stays: it belongs to the
 * other one now, and is looked at again.
 */
export async function dropTasks(db: Database, portalId: PortalId, claims: readonly Claim[]): Promise<void> {
  await sql`DELETE FROM tasks t USING ${standing(portalId, claims)}`.execute(db);
}

/** Portals in which a task's time has come. */
export async function listTaskPortals(db: Database, now: number): Promise<PortalId[]> {
  const { rows } = await sql<{ portalId: PortalId }>`
    SELECT p.portal_id AS "portalId" FROM portals p WHERE p.status IN ('backfilling', 'ready') AND EXISTS (
      SELECT FROM tasks t WHERE t.portal_id = p.portal_id AND t.state IN ('wanted', 'sent') AND t.from_at <= ${now}::bigint)`.execute(
    db,
  );
  return rows.map((row) => row.portalId);
}
