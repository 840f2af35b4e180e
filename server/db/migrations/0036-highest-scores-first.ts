import { type Kysely, sql } from "kysely";

/** Whom the list could take is looked for from the highest score down, by `account_scores_rank`: nothing reads this index any more. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`DROP INDEX account_scores_fitting`.execute(db);
}
