import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { isLast } from "./hot-alerts.ts";

export interface ClockCounts {
  /** Whose time is not over. */
  readonly hot: number;
  readonly over: number;
}

/** Accounts that wait for outreach, each once and without the excluded: all that `readRunningAlerts` reads the first of. */
export async function countClocks(db: Database, portalId: PortalId, now: number): Promise<ClockCounts> {
  const { rows } = await sql<ClockCounts>`
    SELECT (count(*) FILTER (WHERE due_at > ${now}::bigint))::int AS hot,
      (count(*) FILTER (WHERE due_at <= ${now}::bigint))::int AS over
    FROM hot_alerts WHERE portal_id = ${portalId} AND state IN ('open', 'missed') AND ${isLast}
      AND NOT EXISTS (SELECT FROM account_scores s WHERE s.portal_id = hot_alerts.portal_id
        AND s.account_id = hot_alerts.account_id AND s.tier = 'excluded')`.execute(db);
  return rows[0] ?? { hot: 0, over: 0 };
}
