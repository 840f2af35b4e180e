import { type Kysely, sql } from "kysely";

/**
 * HubSpot tasks that are to be made, whatever for: one way to make each once. Accounts that go cold, and what was decided. Where
 * an account stands in a play, and plays that are kept as templates.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE tasks (
      portal_id bigint NOT NULL,
      marker text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('hot', 'step', 'handoff')),
      account_id text NOT NULL,
      crossed_at bigint,
      play_id uuid,
      step int,
      from_at bigint NOT NULL,
      state text NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'sent', 'made', 'refused')),
      task_id text,
      sent_at timestamptz,
      refusal text,
      PRIMARY KEY (portal_id, marker)
    );
    CREATE UNIQUE INDEX tasks_alert ON tasks (portal_id, account_id, crossed_at) WHERE kind = 'hot';
    CREATE UNIQUE INDEX tasks_step ON tasks (portal_id, play_id, account_id, step) WHERE kind = 'step';
    CREATE UNIQUE INDEX tasks_handoff ON tasks (portal_id, play_id, account_id) WHERE kind = 'handoff';
    CREATE INDEX tasks_account ON tasks (portal_id, account_id);
    CREATE INDEX tasks_waiting ON tasks (portal_id, from_at) WHERE state IN ('wanted', 'sent');
    INSERT INTO tasks (portal_id, marker, kind, account_id, crossed_at, from_at, state, task_id, sent_at, refusal)
    SELECT portal_id, 'TS-' || account_id || '-' || crossed_at, 'hot', account_id, crossed_at, crossed_at, task_state, task_id,
      task_sent_at, task_refusal FROM hot_alerts;
    DROP INDEX hot_alerts_tasks;
    ALTER TABLE hot_alerts DROP COLUMN task_state, DROP COLUMN task_id, DROP COLUMN task_sent_at, DROP COLUMN task_refusal;
    CREATE TABLE cold_standing (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      fell_at bigint,
      PRIMARY KEY (portal_id, account_id)
    );
    CREATE INDEX cold_standing_fell ON cold_standing (portal_id, fell_at) WHERE fell_at IS NOT NULL;
    CREATE TABLE cold_answers (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      answered_at bigint NOT NULL,
      answer text NOT NULL CHECK (answer IN ('pause', 'change', 'keep')),
      note text NOT NULL,
      answered_by text NOT NULL,
      PRIMARY KEY (portal_id, account_id, answered_at)
    );
    ALTER TABLE play_accounts
      ADD COLUMN status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'left')),
      ADD COLUMN status_at bigint, ADD COLUMN status_by text, ADD COLUMN status_why text,
      ADD COLUMN handed_over_at bigint, ADD COLUMN handover_by text, ADD COLUMN handover_why text, ADD COLUMN judged_at bigint NOT NULL DEFAULT 0;
    CREATE TABLE play_templates (
      portal_id bigint NOT NULL,
      template_id uuid NOT NULL,
      request_id text NOT NULL,
      label text NOT NULL,
      play_id uuid NOT NULL,
      document jsonb NOT NULL,
      results jsonb NOT NULL,
      saved_by text NOT NULL,
      saved_at bigint NOT NULL,
      PRIMARY KEY (portal_id, template_id),
      UNIQUE (portal_id, request_id)
    );
  `.execute(db);
}
