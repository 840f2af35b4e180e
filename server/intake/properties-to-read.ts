import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Database } from "../db/database.ts";
import { readActiveModels } from "../db/portal-models.ts";
import { companyPropertiesOf } from "../scoring/company-properties-of.ts";
import { type MirrorType, propertiesOf } from "./record-properties.ts";

/**
 * Properties that the mirror holds of a type for this portal: a company's also by what its models read. Asked for after the
 * reading has its number: a model that is published later has its reading made again, with a higher one.
 */
export async function propertiesToRead(db: Database, portalId: PortalId, type: MirrorType): Promise<string[]> {
  const models = type === "companies" ? await readActiveModels(db, portalId) : [];
  return propertiesOf(
    type,
    models.flatMap((model) => companyPropertiesOf(model.document)),
  );
}
