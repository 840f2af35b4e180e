import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface Grant {
  /** Empty: HubSpot did not say. */
  readonly scopes: readonly string[];
  /** Types of records that HubSpot refused all the same, since the grant. */
  readonly unreadable: readonly string[];
}

export async function readGrant(db: Database, portalId: PortalId): Promise<Grant> {
  const row = await db
    .selectFrom("portals")
    .select(["scopes", "unreadable"])
    .where("portal_id", "=", portalId)
    .executeTakeFirst();
  return row ?? { scopes: [], unreadable: [] };
}

/** HubSpot refused a type (403): it is not asked for again, but for one look each night. */
export async function noteUnreadable(db: Database, portalId: PortalId, objectType: string): Promise<void> {
  await sql`
    UPDATE portals SET unreadable = array_append(unreadable, ${objectType}::text)
    WHERE portal_id = ${portalId} AND NOT ${objectType}::text = ANY(unreadable)`.execute(db);
}

export async function noteReadable(db: Database, portalId: PortalId, objectType: string): Promise<void> {
  await sql`
    UPDATE portals SET unreadable = array_remove(unreadable, ${objectType}::text)
    WHERE portal_id = ${portalId} AND ${objectType}::text = ANY(unreadable)`.execute(db);
}
