import { type Kysely, sql } from "kysely";

/** How far the mirror's records were held against HubSpot's, and when the mirror was last planned. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    ALTER TABLE mirror_portals ADD COLUMN compare_object text, ADD COLUMN compare_after text, ADD COLUMN planned_at bigint;
  `.execute(db);
}
