import { sql } from "kysely";
import type { Database } from "./database.ts";
import { priorities } from "./dirty-accounts.ts";

/** Whoever scored with a model that was being replaced has saved by then, or has lost the lease. */
const watchedFor = sql`interval '10 minutes'`;

/**
 * Accounts that were scored by a model that was being replaced: publishing marks all that it sees, and one that came in meanwhile
 * is scored before anybody else sees what was published. Looks at portals whose models are a few minutes old, and at nothing that
 * waits already. Returns how many were marked.
 */
export async function markOvertaken(db: Database): Promise<number> {
  const { rows } = await sql`
    INSERT INTO dirty_accounts (portal_id, account_id, priority)
    SELECT s.portal_id, s.account_id, ${priorities.backfill}::smallint FROM (
      SELECT portal_id, string_agg(model_key || ' v' || version, ', ' ORDER BY purpose) AS names
      FROM portal_models WHERE active GROUP BY portal_id
      HAVING max(published_at) > clock_timestamp() - ${watchedFor}) active
    JOIN account_scores s ON s.portal_id = active.portal_id
    WHERE NOT starts_with(s.models || ', ', active.names || ', ')
      AND NOT EXISTS (SELECT FROM dirty_accounts d WHERE d.portal_id = s.portal_id AND d.account_id = s.account_id)
    ORDER BY s.portal_id, s.account_id
    ON CONFLICT DO NOTHING RETURNING 1`.execute(db);
  return rows.length;
}
