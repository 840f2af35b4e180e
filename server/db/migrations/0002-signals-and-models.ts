import { type Kysely, sql } from "kysely";

/** Signals that other systems send, the keys by which they come, muted sources, and who published a model. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE api_keys (
      portal_id bigint NOT NULL,
      key_id text NOT NULL,
      label text NOT NULL,
      secret_hash bytea NOT NULL UNIQUE,
      request_id text NOT NULL,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      last_used_at timestamptz,
      revoked_at timestamptz,
      window_started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      window_requests int NOT NULL DEFAULT 0,
      PRIMARY KEY (portal_id, key_id),
      UNIQUE (portal_id, request_id)
    );
    CREATE TABLE muted_sources (
      portal_id bigint NOT NULL,
      source text NOT NULL,
      muted_by text NOT NULL,
      muted_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, source)
    );
    ALTER TABLE signals ADD COLUMN ratings jsonb, ADD COLUMN legal_basis text;
    CREATE INDEX signals_source ON signals (portal_id, source, at);
    CREATE INDEX crm_records_domain ON crm_records (portal_id, lower(properties ->> 'domain'))
      WHERE object_type = 'companies' AND NOT archived;
    ALTER TABLE portal_models ADD COLUMN published_by text, ADD COLUMN note text;
  `.execute(db);
}
