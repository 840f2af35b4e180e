import { type Kysely, sql } from "kysely";

/** What the programme costs. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE programme_costs (
      portal_id bigint NOT NULL,
      cost_id text NOT NULL,
      kind text NOT NULL,
      what text NOT NULL,
      amount double precision NOT NULL,
      at bigint NOT NULL,
      added_by text NOT NULL,
      PRIMARY KEY (portal_id, cost_id)
    );
  `.execute(db);
}
