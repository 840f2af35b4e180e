import { type Kysely, sql } from "kysely";

/**
 * What the reports compare (decision 0038): deals by when they were closed, and who was in which stage on a day. `properties` is indexed already, so the index makes no other change of a record dearer.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE INDEX crm_records_closed_deals ON crm_records (portal_id, (properties ->> 'closedate'))
      WHERE object_type = 'deals' AND NOT archived AND (
        coalesce((properties ->> 'hs_is_closed_won') = 'true' OR (properties ->> 'dealstage') = 'closedwon', false)
        OR coalesce((properties ->> 'hs_is_closed') = 'true' OR (properties ->> 'dealstage') = 'closedlost', false));
    CREATE TABLE stage_days (
      portal_id bigint NOT NULL,
      day text NOT NULL,
      stage text NOT NULL,
      accounts text[] NOT NULL,
      PRIMARY KEY (portal_id, day, stage)
    );
  `.execute(db);
}
