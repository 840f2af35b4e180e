import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface WantedTask {
  readonly accountId: string;
  readonly crossedAt: number;
  /** True when it was sent before and the answer never came: it may stand in HubSpot already. */
  readonly maybeMade: boolean;
}

/**
 * Takes alerts whose task is to be made, and notes that it is being sent, before it is. What was sent longer ago than
 * `unansweredMs` without an answer is taken again, to look whether it landed.
 */
export async function claimTasks(
  db: Database,
  portalId: PortalId,
  limit: number,
  unansweredMs: number,
): Promise<WantedTask[]> {
  const { rows } = await sql<WantedTask>`
    WITH picked AS (
      SELECT account_id, crossed_at, task_state FROM hot_alerts
      WHERE portal_id = ${portalId} AND (task_state = 'wanted'
        OR (task_state = 'sent' AND task_sent_at < clock_timestamp() - ${unansweredMs} * interval '1 millisecond'))
      ORDER BY crossed_at, account_id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE hot_alerts a SET task_state = 'sent', task_sent_at = clock_timestamp() FROM picked p
    WHERE a.portal_id = ${portalId} AND a.account_id = p.account_id AND a.crossed_at = p.crossed_at
    RETURNING a.account_id AS "accountId", a.crossed_at AS "crossedAt", p.task_state = 'sent' AS "maybeMade"`.execute(
    db,
  );
  return rows;
}

type Key = Pick<WantedTask, "accountId" | "crossedAt">;

export async function markTaskMade(db: Database, portalId: PortalId, key: Key, taskId: string): Promise<void> {
  await sql`
    UPDATE hot_alerts SET task_state = 'made', task_id = ${taskId}
    WHERE portal_id = ${portalId} AND account_id = ${key.accountId} AND crossed_at = ${key.crossedAt}::bigint`.execute(
    db,
  );
}

/** HubSpot cannot have made it: it is sent again without looking. */
export async function markTaskWanted(db: Database, portalId: PortalId, key: Key): Promise<void> {
  await sql`
    UPDATE hot_alerts SET task_state = 'wanted'
    WHERE portal_id = ${portalId} AND account_id = ${key.accountId} AND crossed_at = ${key.crossedAt}::bigint
      AND task_state = 'sent'`.execute(db);
}

export async function markTaskRefused(db: Database, portalId: PortalId, key: Key, reason: string): Promise<void> {
  await sql`
    UPDATE hot_alerts SET task_state = 'refused', task_refusal = ${reason}
    WHERE portal_id = ${portalId} AND account_id = ${key.accountId} AND crossed_at = ${key.crossedAt}::bigint`.execute(
    db,
  );
}
