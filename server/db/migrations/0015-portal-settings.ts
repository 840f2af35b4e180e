import { type Kysely, sql } from "kysely";

/** What a portal's admins set as a whole: the hot rule, messages by role and stage, the words for buying roles. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE portal_settings (
      portal_id bigint NOT NULL,
      name text NOT NULL,
      version int NOT NULL,
      document jsonb NOT NULL,
      changed_by text NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (portal_id, name)
    );
  `.execute(db);
}
