import { type Kysely, sql } from "kysely";

/** Hot accounts: where each account stands to the portal's rule, and the alerts with their clock and HubSpot task. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE hot_standing (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      snapshot_no bigint NOT NULL,
      over_line boolean NOT NULL,
      behaviour_at bigint,
      PRIMARY KEY (portal_id, account_id)
    );
    CREATE TABLE hot_alerts (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      crossed_at bigint NOT NULL,
      due_at bigint NOT NULL,
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'met', 'late', 'missed', 'excused')),
      trigger text NOT NULL,
      readiness double precision,
      route text NOT NULL DEFAULT 'sales',
      outreach_at bigint,
      outreach_kind text,
      excuse text,
      excuse_note text,
      excused_by text,
      task_state text NOT NULL DEFAULT 'wanted' CHECK (task_state IN ('wanted', 'sent', 'made', 'refused')),
      task_id text,
      task_sent_at timestamptz,
      task_refusal text,
      PRIMARY KEY (portal_id, account_id, crossed_at)
    );
    CREATE UNIQUE INDEX hot_alerts_running ON hot_alerts (portal_id, account_id) WHERE state IN ('open', 'missed');
    CREATE INDEX hot_alerts_tasks ON hot_alerts (portal_id, crossed_at) WHERE task_state IN ('wanted', 'sent');
    CREATE INDEX hot_alerts_recent ON hot_alerts (portal_id, crossed_at);
  `.execute(db);
}
