import type { PortalId } from "@touchstone/shared/ids.ts";
import { describeDefinitions, type PropertyDefinition } from "@touchstone/shared/property-definition.ts";
import type { Database } from "./database.ts";
import { replaceOutputFaults } from "./definition-faults.ts";
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

/**
 * HubSpot was asked for these properties of ours. What it refused is not asked for again until something else is needed: values for
 * it are left out, and it is said.
 */
export async function saveMadeProperties(
  db: Database,
  portalId: PortalId,
  type: OutputType,
  properties: readonly PropertyDefinition[],
  failed: readonly { readonly name: string; readonly reason: string }[],
): Promise<void> {
  const names = properties.map(({ name }) => name);
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable("portals")
      .set({ [outputTables[type].made]: describeDefinitions(properties) })
      .where("portal_id", "=", portalId)
      .execute();
    await replaceOutputFaults(trx, portalId, names, failed);
  });
}
