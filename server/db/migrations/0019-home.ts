import { type Kysely, sql } from "kysely";

/** The day's call list asks for the readiest accounts of a large portal. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE INDEX account_scores_ready ON account_scores (portal_id, readiness DESC, score DESC NULLS LAST, account_id)
    WHERE readiness > 0`.execute(db);
}
