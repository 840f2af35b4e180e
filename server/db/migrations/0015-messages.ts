import { type Kysely, sql } from "kysely";

/** What to say to whom at which stage, as a portal changed it. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE message_matrices (
      portal_id bigint PRIMARY KEY,
      version int NOT NULL,
      document jsonb NOT NULL,
      changed_by text NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now()
    );
  `.execute(db);
}
