import { type Kysely, sql } from "kysely";

/**
 * Scores as one compact text each (`packProof`), the present one apart from those before it; history and events in
 * partitions by time, so that old ones go whole; and who was linked to an account once, so that a person can be erased
 * without reading every score (decision 0015).
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    ALTER TABLE portals ADD COLUMN erasures bigint NOT NULL DEFAULT 0;
    ALTER TABLE account_scores
      DROP COLUMN snapshot, DROP COLUMN priority, DROP COLUMN readiness,
      ADD COLUMN proof text STORAGE EXTERNAL,
      ADD COLUMN models text NOT NULL,
      ADD COLUMN readiness double precision,
      ADD COLUMN score_from double precision,
      ADD COLUMN tier_from text,
      ADD COLUMN reasons jsonb NOT NULL DEFAULT '[]';
    ALTER TABLE account_scores SET (fillfactor = 85);

    DROP TABLE score_history;
    CREATE TABLE score_history (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      snapshot_no bigint NOT NULL,
      ended_at bigint NOT NULL,
      moved_at bigint,
      scored_at bigint NOT NULL,
      models text NOT NULL,
      score double precision,
      tier text,
      readiness double precision,
      score_from double precision,
      tier_from text,
      reasons jsonb NOT NULL,
      proof text STORAGE EXTERNAL,
      PRIMARY KEY (portal_id, account_id, snapshot_no, ended_at)
    ) PARTITION BY RANGE (ended_at);
    CREATE TABLE score_history_rest PARTITION OF score_history DEFAULT;

    DROP TABLE inbox_events;
    CREATE TABLE inbox_events (
      portal_id bigint NOT NULL,
      dedupe_key bytea NOT NULL,
      occurred_at bigint NOT NULL,
      subscription_type text NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, occurred_at, dedupe_key)
    ) PARTITION BY RANGE (occurred_at);
    CREATE TABLE inbox_events_rest PARTITION OF inbox_events DEFAULT;

    CREATE TABLE former_members (
      portal_id bigint NOT NULL,
      person_id text NOT NULL,
      account_id text NOT NULL,
      left_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, person_id, account_id)
    );
    CREATE INDEX former_members_account ON former_members (portal_id, account_id);
    CREATE FUNCTION note_former_members() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO former_members (portal_id, person_id, account_id)
      SELECT portal_id, from_id, to_id FROM gone WHERE from_type = 'contacts' AND to_type = 'companies' ORDER BY 1, 2, 3
      ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$;
    -- Here and not beside each DELETE: one that forgot it would leave a person in stored scores for good.
    CREATE TRIGGER note_former_members AFTER DELETE ON crm_links
      REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_former_members();
    CREATE INDEX crm_records_merged ON crm_records (portal_id, object_type, merged_into) WHERE merged_into IS NOT NULL;
    DROP INDEX crm_links_back;
    CREATE INDEX crm_links_back ON crm_links (portal_id, to_type, to_id, from_type, from_id);
    CREATE INDEX signals_old ON signals USING brin (at);
  `.execute(db);
}
