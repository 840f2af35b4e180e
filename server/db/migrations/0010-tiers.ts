import { type Kysely, sql } from "kysely";

/**
 * Tiers of the programme (docs/decisions/0021). Business times are milliseconds since 1970, bookkeeping is `timestamptz`. What a
 * portal's tiers are is one versioned document; where an account stands is one row, changed only when something changes.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    ALTER TABLE portals ADD COLUMN properties_made text;
    CREATE TABLE tier_programmes (
      portal_id bigint NOT NULL,
      version int NOT NULL,
      document jsonb NOT NULL,
      active boolean NOT NULL,
      published_by text NOT NULL,
      note text,
      published_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, version)
    );
    CREATE UNIQUE INDEX tier_programmes_active ON tier_programmes (portal_id) WHERE active;
    CREATE TABLE tier_people (
      portal_id bigint NOT NULL,
      person_id text NOT NULL,
      side text NOT NULL,
      places jsonb NOT NULL,
      edited_by text NOT NULL,
      edited_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, person_id)
    );
    CREATE TABLE tier_members (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      tier text NOT NULL,
      since bigint NOT NULL,
      by_override boolean NOT NULL,
      reason text NOT NULL,
      waiting_for text,
      waiting_since bigint,
      demotion_to text,
      demotion_why text,
      demotion_state text,
      demotion_at bigint,
      demotion_reason text,
      demotion_by text,
      reassess_at bigint,
      told boolean NOT NULL,
      PRIMARY KEY (portal_id, account_id)
    );
    CREATE INDEX tier_members_tier ON tier_members (portal_id, tier);
    CREATE INDEX tier_members_reassess ON tier_members (portal_id, reassess_at) WHERE reassess_at IS NOT NULL;
    CREATE INDEX tier_members_waiting ON tier_members (portal_id, waiting_for) WHERE waiting_for IS NOT NULL;
    CREATE INDEX tier_members_asked ON tier_members (portal_id, demotion_at) WHERE demotion_state = 'asked';
    CREATE INDEX tier_members_untold ON tier_members (portal_id, account_id) WHERE NOT told;
    CREATE TABLE tier_moves (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      moved_at bigint NOT NULL,
      kind text NOT NULL,
      tier_from text,
      tier_to text,
      reason text NOT NULL,
      moved_by text,
      move_no bigint GENERATED ALWAYS AS IDENTITY,
      PRIMARY KEY (portal_id, account_id, moved_at, kind)
    );
    CREATE TABLE tier_overrides (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      set_at bigint NOT NULL,
      tier text NOT NULL,
      reason text NOT NULL,
      set_by text NOT NULL,
      expires_at bigint NOT NULL,
      ended_at bigint,
      ended_by text,
      PRIMARY KEY (portal_id, account_id, set_at)
    );
    CREATE UNIQUE INDEX tier_overrides_standing ON tier_overrides (portal_id, account_id) WHERE ended_at IS NULL;
    CREATE TABLE tier_days (
      portal_id bigint NOT NULL,
      day text NOT NULL,
      tier text NOT NULL,
      accounts text[] NOT NULL,
      PRIMARY KEY (portal_id, day, tier)
    );
    CREATE TABLE tier_runs (
      portal_id bigint PRIMARY KEY,
      version bigint NOT NULL DEFAULT 1,
      done_version bigint NOT NULL DEFAULT 0,
      next_run_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      done_at timestamptz,
      assigned_at bigint,
      reads_properties boolean NOT NULL DEFAULT false,
      free_since jsonb NOT NULL DEFAULT '{}',
      day text
    );
    INSERT INTO tier_runs (portal_id) SELECT portal_id FROM portals;
  `.execute(db);
}
