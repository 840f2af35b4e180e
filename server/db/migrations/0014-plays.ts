import { type Kysely, sql } from "kysely";

/** Plays, the accounts in them and the touches that were done. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE plays (
      portal_id bigint NOT NULL,
      play_id uuid NOT NULL,
      request_id text NOT NULL,
      document jsonb NOT NULL,
      status text NOT NULL CHECK (status IN ('draft', 'approved', 'running', 'paused', 'retired')),
      made_by text NOT NULL,
      made_at bigint NOT NULL,
      approved_by text,
      approved_at bigint,
      launched_by text,
      launched_at bigint,
      launch_month text,
      override_reason text,
      PRIMARY KEY (portal_id, play_id),
      UNIQUE (portal_id, request_id)
    );
    CREATE INDEX plays_month ON plays (portal_id, launch_month) WHERE launch_month IS NOT NULL;
    CREATE TABLE play_accounts (
      portal_id bigint NOT NULL,
      play_id uuid NOT NULL,
      account_id text NOT NULL,
      enrolled_by text NOT NULL,
      enrolled_at bigint NOT NULL,
      PRIMARY KEY (portal_id, play_id, account_id)
    );
    CREATE INDEX play_accounts_account ON play_accounts (portal_id, account_id);
    CREATE TABLE play_touches (
      portal_id bigint NOT NULL,
      play_id uuid NOT NULL,
      account_id text NOT NULL,
      step int NOT NULL,
      status text NOT NULL CHECK (status IN ('done', 'skipped')),
      done_by text NOT NULL,
      done_at bigint NOT NULL,
      PRIMARY KEY (portal_id, play_id, account_id, step)
    );
  `.execute(db);
}
