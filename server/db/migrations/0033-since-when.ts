import { type Kysely, sql } from "kysely";

/**
 * When an alert was excused: what is done after that is another reason to reach out. Of older ones it is not known, and their crossing
 * stands for it. And whether an account fits the ideal customer profile, and since when: known when it is scored next.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`ALTER TABLE hot_alerts ADD COLUMN excused_at bigint`.execute(db);
  await sql`UPDATE hot_alerts SET excused_at = crossed_at WHERE state = 'excused'`.execute(db);
  await sql`ALTER TABLE account_scores ADD COLUMN fits boolean, ADD COLUMN fits_since bigint`.execute(db);
  await sql`CREATE INDEX account_scores_fitting ON account_scores (portal_id, account_id) WHERE fits`.execute(db);
}
