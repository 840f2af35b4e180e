import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import type { Database } from "../db/database.ts";
import { listLackingProperties } from "../db/stored-snapshots.ts";
import { companyPropertiesOf } from "../scoring/company-properties-of.ts";
import type { ActiveModels } from "./load-active-models.ts";

/**
 * Company properties that a draft reads and the mirror lacks, if only for some companies. One that an active model reads was
 * asked for, whether HubSpot has it or not.
 */
export async function findUnreadProperties(
  db: Database,
  portalId: PortalId,
  draft: ScoringModel,
  active: ActiveModels,
): Promise<string[]> {
  const wanted = companyPropertiesOf(draft).filter((name) => !active.properties.has(name));
  return wanted.length === 0 ? [] : listLackingProperties(db, portalId, wanted);
}
