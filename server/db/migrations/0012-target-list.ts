import { type Kysely, sql } from "kysely";

/** The target list, what sales said of its accounts, and the spot checks that were drawn from it. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE target_accounts (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      sources text[] NOT NULL,
      added_by text NOT NULL,
      added_at bigint NOT NULL,
      verdict text CHECK (verdict IN ('keep', 'reject')),
      verdict_reason text,
      verdict_note text,
      verdict_by text,
      verdict_at bigint,
      PRIMARY KEY (portal_id, account_id)
    );
    CREATE TABLE spot_checks (
      portal_id bigint NOT NULL,
      drawn_at bigint NOT NULL,
      seed text NOT NULL,
      list_size int NOT NULL,
      drawn_by text NOT NULL,
      PRIMARY KEY (portal_id, drawn_at)
    );
    CREATE TABLE spot_check_accounts (
      portal_id bigint NOT NULL,
      drawn_at bigint NOT NULL,
      account_id text NOT NULL,
      stratum text NOT NULL,
      data_matches text CHECK (data_matches IN ('yes', 'no', 'unknown')),
      has_problem text CHECK (has_problem IN ('yes', 'no', 'unknown')),
      is_buying text CHECK (is_buying IN ('yes', 'no', 'unknown')),
      evidence_url text,
      answered_by text,
      answered_at bigint,
      PRIMARY KEY (portal_id, drawn_at, account_id)
    );
  `.execute(db);
}
