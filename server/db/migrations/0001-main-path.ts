import { type Kysely, sql } from "kysely";

/**
 * The tables of the main path. The portal is the first key column everywhere. Business times are milliseconds since 1970
 * (`bigint`, from the clock handed to scoring); bookkeeping times are `timestamptz` on the database's own clock.
 * Ledgers are `json` and not `jsonb`: they are only ever read whole, and saving them is half the cost of a score.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE portals (
      portal_id bigint PRIMARY KEY,
      status text NOT NULL CHECK (status IN ('preparing', 'backfilling', 'ready', 'disconnected')),
      hub_domain text,
      ui_domain text,
      time_zone text NOT NULL DEFAULT 'UTC',
      currency text,
      scopes text[] NOT NULL DEFAULT '{}',
      access_token text,
      refresh_token text,
      token_expires_at timestamptz,
      notice text,
      installed_by bigint,
      removal_wanted boolean NOT NULL DEFAULT false,
      installed_at timestamptz NOT NULL DEFAULT now(),
      disconnected_at timestamptz
    );
    CREATE TABLE install_states (
      state_hash bytea PRIMARY KEY,
      expires_at timestamptz NOT NULL
    );
    CREATE TABLE inbox_events (
      portal_id bigint NOT NULL,
      dedupe_key bytea NOT NULL,
      subscription_type text NOT NULL,
      object_type text NOT NULL,
      object_id text NOT NULL,
      occurred_at bigint NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, dedupe_key)
    );
    CREATE INDEX inbox_events_received ON inbox_events (received_at);
    CREATE TABLE stale_records (
      portal_id bigint NOT NULL,
      object_type text NOT NULL,
      object_id text NOT NULL,
      needs int NOT NULL,
      version bigint NOT NULL DEFAULT 1,
      attempts int NOT NULL DEFAULT 0,
      marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      lease_until timestamptz,
      PRIMARY KEY (portal_id, object_type, object_id)
    );
    CREATE TABLE crm_records (
      portal_id bigint NOT NULL,
      object_type text NOT NULL,
      object_id text NOT NULL,
      properties jsonb NOT NULL,
      archived boolean NOT NULL DEFAULT false,
      merged_into text,
      read_no bigint NOT NULL,
      fetched_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, object_type, object_id)
    );
    CREATE TABLE crm_links (
      portal_id bigint NOT NULL,
      from_type text NOT NULL,
      from_id text NOT NULL,
      to_type text NOT NULL,
      to_id text NOT NULL,
      is_primary boolean NOT NULL DEFAULT false,
      PRIMARY KEY (portal_id, from_type, from_id, to_type, to_id)
    );
    CREATE INDEX crm_links_back ON crm_links (portal_id, to_type, to_id, from_type);
    CREATE TABLE erased_people (
      portal_id bigint NOT NULL,
      person_hash bytea NOT NULL,
      erased_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, person_hash)
    );
    CREATE TABLE signals (
      portal_id bigint NOT NULL,
      signal_key text NOT NULL,
      kind text NOT NULL,
      person_id text,
      account_id text,
      at bigint NOT NULL,
      source text NOT NULL,
      strength double precision,
      subject text,
      expires_at bigint,
      origin text NOT NULL,
      PRIMARY KEY (portal_id, signal_key),
      CHECK (person_id IS NOT NULL OR account_id IS NOT NULL)
    );
    CREATE INDEX signals_person ON signals (portal_id, person_id, at) WHERE person_id IS NOT NULL;
    CREATE INDEX signals_account ON signals (portal_id, account_id, at) WHERE account_id IS NOT NULL;
    CREATE INDEX signals_origin ON signals (portal_id, origin);
    CREATE TABLE judgements (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      criterion text NOT NULL,
      judged_at bigint NOT NULL,
      rung text,
      judged_by text NOT NULL,
      note text,
      expires_at bigint,
      PRIMARY KEY (portal_id, account_id, criterion, judged_at)
    );
    CREATE TABLE portal_models (
      portal_id bigint NOT NULL,
      model_key text NOT NULL,
      version int NOT NULL,
      purpose text NOT NULL CHECK (purpose IN ('priority', 'readiness')),
      document jsonb NOT NULL,
      active boolean NOT NULL,
      published_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, model_key, version)
    );
    CREATE UNIQUE INDEX portal_models_active ON portal_models (portal_id, purpose) WHERE active;
    CREATE TABLE dirty_accounts (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      version bigint NOT NULL DEFAULT 1,
      priority smallint NOT NULL,
      attempts int NOT NULL DEFAULT 0,
      marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      lease_until timestamptz,
      PRIMARY KEY (portal_id, account_id)
    ) WITH (fillfactor = 50);
    CREATE INDEX dirty_accounts_turn ON dirty_accounts (portal_id, priority, marked_at);
    CREATE SEQUENCE read_numbers;
    CREATE TABLE account_scores (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      snapshot_no bigint NOT NULL,
      snapshot jsonb NOT NULL,
      priority json NOT NULL,
      readiness json NOT NULL,
      score double precision,
      tier text,
      scored_at bigint NOT NULL,
      moved_at bigint,
      next_change_at bigint,
      output jsonb NOT NULL,
      written jsonb,
      refused jsonb,
      PRIMARY KEY (portal_id, account_id)
    );
    CREATE INDEX account_scores_due ON account_scores (next_change_at) WHERE next_change_at IS NOT NULL;
    CREATE INDEX account_scores_unwritten ON account_scores (portal_id, account_id) WHERE output IS DISTINCT FROM written;
    CREATE INDEX account_scores_rank ON account_scores (portal_id, score DESC, account_id);
    CREATE INDEX account_scores_unknown ON account_scores (portal_id, (nullif(output ->> 'touchstone_coverage', '')::int));
    CREATE TABLE score_history (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      snapshot_no bigint NOT NULL,
      scored_at bigint NOT NULL,
      score_from double precision,
      score_to double precision,
      tier_from text,
      tier_to text,
      reasons jsonb NOT NULL,
      snapshot jsonb,
      priority json,
      readiness json,
      PRIMARY KEY (portal_id, account_id, snapshot_no)
    );
    CREATE TABLE write_failures (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      category text NOT NULL,
      message text NOT NULL,
      failed_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, account_id)
    );
    CREATE TABLE dead_letters (
      portal_id bigint NOT NULL,
      kind text NOT NULL,
      subject text NOT NULL,
      reason text NOT NULL,
      died_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, kind, subject)
    );
    CREATE TABLE backfills (
      portal_id bigint NOT NULL,
      object_type text NOT NULL,
      page_after text,
      started_no bigint NOT NULL,
      done bigint NOT NULL DEFAULT 0,
      total bigint,
      finished_at timestamptz,
      PRIMARY KEY (portal_id, object_type)
    );
    CREATE TABLE schedules (
      name text PRIMARY KEY,
      next_run_at timestamptz NOT NULL
    );
    CREATE UNLOGGED TABLE request_budgets (
      portal_id bigint NOT NULL,
      kind text NOT NULL,
      grants bigint[] NOT NULL DEFAULT '{}',
      paused_until bigint NOT NULL DEFAULT 0,
      pause_reason text,
      PRIMARY KEY (portal_id, kind)
    );
  `.execute(db);
}
