import { type Kysely, sql } from "kysely";

/** Who plays which part in an account's purchase, as people of the portal said. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE committee_members (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      person_id text NOT NULL,
      roles jsonb NOT NULL,
      influence smallint,
      sentiment smallint,
      level_judged smallint,
      departed boolean NOT NULL DEFAULT false,
      changed_by text NOT NULL,
      changed_at bigint NOT NULL,
      PRIMARY KEY (portal_id, account_id, person_id)
    );
    CREATE INDEX committee_members_person ON committee_members (portal_id, person_id);
    CREATE TABLE committee_places (
      portal_id bigint NOT NULL,
      account_id text NOT NULL,
      taxonomy text NOT NULL,
      role text NOT NULL,
      depth text NOT NULL CHECK (depth IN ('title', 'category')),
      named text NOT NULL,
      changed_by text NOT NULL,
      changed_at bigint NOT NULL,
      PRIMARY KEY (portal_id, account_id, taxonomy, role, depth)
    );
  `.execute(db);
}
