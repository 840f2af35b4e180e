import { type Kysely, sql } from "kysely";

/**
 * What the programme tells HubSpot beside scores: stages of accounts, levels and roles of people, buying roles in HubSpot's
 * own property, and the mirror of its records as app objects (decision 0024).
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    ALTER TABLE portals ADD COLUMN contact_properties_made text;
    ALTER TABLE write_failures RENAME COLUMN account_id TO object_id;
    ALTER TABLE write_failures ADD COLUMN object_type text NOT NULL DEFAULT 'companies';
    ALTER TABLE write_failures ALTER COLUMN object_type DROP DEFAULT;
    ALTER TABLE write_failures DROP CONSTRAINT write_failures_pkey, ADD PRIMARY KEY (portal_id, object_type, object_id);

    CREATE SEQUENCE programme_marks;
    CREATE TABLE programme_due (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      version bigint NOT NULL DEFAULT nextval('programme_marks'),
      due_at bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (portal_id, account_id)
    );
    CREATE INDEX programme_due_at ON programme_due (portal_id, due_at);
    CREATE TABLE person_outputs (
      portal_id bigint NOT NULL,
      person_id text NOT NULL,
      output jsonb NOT NULL,
      written jsonb,
      refused jsonb,
      PRIMARY KEY (portal_id, person_id)
    );
    CREATE INDEX person_outputs_unwritten ON person_outputs (portal_id, person_id)
      WHERE output IS DISTINCT FROM written AND output IS DISTINCT FROM refused;
    CREATE TABLE buying_role_writes (
      portal_id bigint NOT NULL,
      person_id text NOT NULL,
      done text[] NOT NULL DEFAULT '{}',
      ours text[] NOT NULL DEFAULT '{}',
      retry_at bigint NOT NULL DEFAULT 0,
      refusal text,
      PRIMARY KEY (portal_id, person_id)
    );

    CREATE TABLE mirror_portals (
      portal_id bigint PRIMARY KEY,
      available boolean NOT NULL,
      reason text,
      probed_at bigint NOT NULL,
      compared_at bigint
    );
    CREATE TABLE mirror_records (
      portal_id bigint NOT NULL,
      object text NOT NULL CHECK (object IN ('tier', 'play', 'buying_role')),
      our_key text NOT NULL,
      record_id text,
      wanted jsonb,
      written jsonb,
      refused jsonb,
      refusal text,
      PRIMARY KEY (portal_id, object, our_key)
    );
    CREATE INDEX mirror_records_unwritten ON mirror_records (portal_id, object, our_key)
      WHERE wanted IS DISTINCT FROM written AND (wanted IS NULL OR wanted IS DISTINCT FROM refused);
    CREATE TABLE mirror_links (
      portal_id bigint NOT NULL,
      object text NOT NULL,
      our_key text NOT NULL,
      to_type text NOT NULL,
      to_id text NOT NULL,
      wanted boolean NOT NULL,
      written boolean NOT NULL DEFAULT false,
      refusal text,
      PRIMARY KEY (portal_id, object, our_key, to_type, to_id)
    );
    CREATE INDEX mirror_links_unwritten ON mirror_links (portal_id, object, to_type)
      WHERE NOT (wanted AND written) AND refusal IS NULL;
  `.execute(db);
}
