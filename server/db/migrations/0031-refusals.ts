import { type Kysely, sql } from "kysely";

/** What HubSpot refuses is learned and bounded (docs/decisions/0035). */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE write_rules (
      portal_id bigint NOT NULL,
      object_type text NOT NULL,
      property text NOT NULL,
      depends_on text[] NOT NULL,
      "values" text[] NOT NULL,
      refused_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (portal_id, object_type, property, depends_on, "values")
    );
    CREATE TABLE refused_requests (
      portal_id bigint PRIMARY KEY,
      since timestamptz NOT NULL,
      refused int NOT NULL
    );
    ALTER TABLE portals ADD COLUMN unreadable text[] NOT NULL DEFAULT '{}';
  `.execute(db);
}
