import { type Kysely, sql } from "kysely";

/** How long the newest live changes of a portal took until HubSpot held their results. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE write_delays (
      portal_id bigint PRIMARY KEY,
      delays_ms int[] NOT NULL,
      measured_at timestamptz NOT NULL DEFAULT now()
    );
  `.execute(db);
}
