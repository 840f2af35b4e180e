import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Database } from "./database.ts";

/**
 * Which output properties HubSpot is known to have been given, as `describeDefinitions` writes them. Whoever is about to write
 * results and needs others makes them first: after a model was published while HubSpot was away, or a new version of ours.
 */
export async function readMadeProperties(db: Database, portalId: PortalId): Promise<string | null> {
  const row = await db
    .selectFrom("portals")
    .select("properties_made")
    .where("portal_id", "=", portalId)
    .executeTakeFirst();
  return row?.properties_made ?? null;
}

export async function saveMadeProperties(db: Database, portalId: PortalId, made: string): Promise<void> {
  await db.updateTable("portals").set({ properties_made: made }).where("portal_id", "=", portalId).execute();
}
