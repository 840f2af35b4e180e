import { type Kysely, sql } from "kysely";

/** A clock that ran out without an answer lets the account be hot again: of those that run, an account has one. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    DROP INDEX hot_alerts_running;
    CREATE UNIQUE INDEX hot_alerts_open ON hot_alerts (portal_id, account_id) WHERE state = 'open';
    CREATE INDEX hot_alerts_waiting ON hot_alerts (portal_id, account_id, crossed_at) WHERE state IN ('open', 'missed');
  `.execute(db);
}
