import { type Kysely, sql } from "kysely";

/** Whether people who work an account call its score right, and why not: one verdict a person and score. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE account_verdicts (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      snapshot_no bigint NOT NULL,
      judged_by text NOT NULL,
      is_right boolean NOT NULL,
      reason text,
      note text,
      score double precision,
      tier text,
      readiness double precision,
      models text NOT NULL,
      judged_at bigint NOT NULL,
      PRIMARY KEY (portal_id, account_id, snapshot_no, judged_by)
    );
  `.execute(db);
}
