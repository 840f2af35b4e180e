import { type Kysely, sql } from "kysely";

/** Live changes before background reads, progress of a backfill, due accounts portal by portal, and when a repair was tried. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    ALTER TABLE stale_records ADD COLUMN priority smallint NOT NULL DEFAULT 0;
    ALTER TABLE backfills
      ADD COLUMN pace_from_at timestamptz NOT NULL DEFAULT clock_timestamp(), ADD COLUMN pace_from_done bigint NOT NULL DEFAULT 0,
      ADD COLUMN pace_next_at timestamptz NOT NULL DEFAULT clock_timestamp(), ADD COLUMN pace_next_done bigint NOT NULL DEFAULT 0;
    DROP INDEX account_scores_due;
    CREATE INDEX account_scores_due ON account_scores (portal_id, next_change_at) WHERE next_change_at IS NOT NULL;
    ALTER TABLE portals ADD COLUMN properties_restored_at timestamptz;
  `.execute(db);
}
