import { type Kysely, sql } from "kysely";

/**
 * When HubSpot is next told that a portal's admin took the app away: null when it knows, or nobody did. And the time zone that HubSpot names
 * and this server does not know: such a portal's clock is UTC.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`ALTER TABLE portals ADD COLUMN uninstall_due_at timestamptz, ADD COLUMN unknown_time_zone text`.execute(db);
  await sql`
    UPDATE portals SET unknown_time_zone = left(time_zone, 100), time_zone = 'UTC'
    WHERE lower(time_zone) NOT IN (SELECT lower(name) FROM pg_timezone_names)`.execute(db);
}
