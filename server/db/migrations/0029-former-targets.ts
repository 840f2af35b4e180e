import { type Kysely, sql } from "kysely";

/** Each time that an account was on the target list and is no more, with what sales said of it then. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE former_targets (
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
      removed_by text NOT NULL,
      removed_at bigint NOT NULL,
      PRIMARY KEY (portal_id, account_id, added_at, removed_at)
    );
  `.execute(db);
}
