import { type Kysely, sql } from "kysely";

/**
 * The number of the last sending of a record's results: who notes HubSpot's answer sees whether somebody else has sent since. Two
 * that send at the same time, a worker that slept and the one that took over, else note in the wrong order what HubSpot holds.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    ALTER TABLE account_scores ADD COLUMN sendings int NOT NULL DEFAULT 0;
    ALTER TABLE person_outputs ADD COLUMN sendings int NOT NULL DEFAULT 0;
  `.execute(db);
}
