import type { PortalId } from "@touchstone/shared/ids.ts";
import { tierProgrammeSchema, tierPropertiesOf } from "@touchstone/shared/tier-shape.ts";
import type { Database } from "../db/database.ts";
import { readActiveModels } from "../db/portal-models.ts";
import { readStoredProgramme } from "../db/tier-programmes.ts";
import { companyPropertiesOf } from "../scoring/company-properties-of.ts";
import { type MirrorType, propertiesOf } from "./record-properties.ts";

/**
 * Properties that the mirror holds of a type for this portal: a company's also by what its models and tiers read. Asked for after the
 * reading has its number: a model that is published later has its reading made again, with a higher one.
 */
export async function propertiesToRead(db: Database, portalId: PortalId, type: MirrorType): Promise<string[]> {
  const models = type === "companies" ? await readActiveModels(db, portalId) : [];
  return propertiesOf(type, [
    ...models.flatMap((model) => companyPropertiesOf(model.document)),
    ...(await tierProperties(db, portalId, type)),
  ]);
}

/** The tiers that ship read scores alone. */
async function tierProperties(db: Database, portalId: PortalId, type: MirrorType): Promise<string[]> {
  const stored = type === "companies" ? await readStoredProgramme(db, portalId) : null;
  return stored ? tierPropertiesOf(tierProgrammeSchema.parse(stored.document)) : [];
}
