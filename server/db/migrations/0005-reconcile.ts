import { type Kysely, sql } from "kysely";

/** Comparing the mirror with HubSpot, what of a portal's definitions is not as it should be, and installs without a row. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE reconciles (
      portal_id bigint NOT NULL,
      scope text NOT NULL CHECK (scope IN ('poll', 'full')),
      started_at bigint NOT NULL,
      step text NOT NULL,
      page_after text,
      checked bigint NOT NULL DEFAULT 0,
      drift jsonb NOT NULL DEFAULT '{}',
      advanced_at timestamptz,
      finished_at bigint,
      PRIMARY KEY (portal_id, scope)
    );
    CREATE INDEX reconciles_open ON reconciles (portal_id) WHERE finished_at IS NULL;
    CREATE TABLE reconcile_marks (
      portal_id bigint NOT NULL,
      scope text NOT NULL,
      object_type text NOT NULL,
      changed_until bigint,
      swept_to text,
      PRIMARY KEY (portal_id, scope, object_type)
    );
    CREATE TABLE definition_faults (
      portal_id bigint NOT NULL,
      subject text NOT NULL,
      message text NOT NULL,
      found_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, subject)
    );
    CREATE TABLE seen_options (
      portal_id bigint NOT NULL,
      property text NOT NULL,
      options jsonb NOT NULL,
      PRIMARY KEY (portal_id, property)
    );
    ALTER TABLE install_states RENAME TO used_install_states;
    CREATE INDEX used_install_states_expiry ON used_install_states (expires_at);
  `.execute(db);
}
