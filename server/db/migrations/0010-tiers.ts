import { type Kysely, sql } from "kysely";

/** Which of our properties a portal was given. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    ALTER TABLE portals ADD COLUMN properties_made text;
  `.execute(db);
}
