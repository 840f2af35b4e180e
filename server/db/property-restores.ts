import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * True at most once an hour for a portal. Making properties again costs requests and sends every result again: one that
 * HubSpot takes away each time must not become an endless round.
 */
export async function takeRestore(db: Database, portalId: PortalId): Promise<boolean> {
  const { rows } = await sql`
    UPDATE portals SET properties_restored_at = clock_timestamp()
    WHERE portal_id = ${portalId} AND coalesce(properties_restored_at, '-infinity') < clock_timestamp() - interval '1 hour'
    RETURNING 1`.execute(db);
  return rows.length > 0;
}
