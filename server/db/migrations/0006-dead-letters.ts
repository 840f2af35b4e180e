import { type Kysely, sql } from "kysely";

/** What a dead letter needs to be told and done again: how often it was tried, and what of a record was to be read. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    ALTER TABLE dead_letters ADD COLUMN attempts int NOT NULL DEFAULT 1, ADD COLUMN needs int;
    ALTER TABLE dead_letters ADD CHECK (kind IN ('record', 'account'));
  `.execute(db);
}
