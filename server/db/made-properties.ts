import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Database } from "./database.ts";
import { type OutputType, outputTables } from "./output-tables.ts";

/**
 * Which output properties HubSpot is known to have been given, as `describeDefinitions` writes them. Whoever is about to write
 * results and needs others makes them first: after a model was published while HubSpot was away, or a new version of ours.
 */
export async function readMadeProperties(db: Database, portalId: PortalId, type: OutputType): Promise<string | null> {
  const row = await db
    .selectFrom("portals")
    .select(`${outputTables[type].made} as made`)
    .where("portal_id", "=", portalId)
    .executeTakeFirst();
  return row?.made ?? null;
}

export async function saveMadeProperties(
  db: Database,
  portalId: PortalId,
  type: OutputType,
  made: string,
): Promise<void> {
  await db
    .updateTable("portals")
    .set({ [outputTables[type].made]: made })
    .where("portal_id", "=", portalId)
    .execute();
}
