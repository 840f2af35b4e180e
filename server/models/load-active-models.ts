import type { PortalId } from "@touchstone/shared/ids.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { Database } from "../db/database.ts";
import { readActiveModels } from "../db/portal-models.ts";
import { companyPropertiesOf } from "../scoring/company-properties-of.ts";

export interface ActiveModels {
  readonly priority: ScoringModel;
  readonly readiness: ScoringModel;
  /** Company properties that one of them reads. */
  readonly properties: ReadonlySet<string>;
}

/** A portal has one priority model and one readiness model (product.md §3). */
export async function loadActiveModels(db: Database, portalId: PortalId): Promise<ActiveModels> {
  const stored = await readActiveModels(db, portalId);
  const load = (purpose: ScoringModel["purpose"]) => {
    const model = stored.find((one) => one.purpose === purpose);
    if (!model) throw new Error(`portal ${portalId} has no ${purpose} model`);
    return scoringModelSchema.parse(model.document);
  };
  return {
    priority: load("priority"),
    readiness: load("readiness"),
    properties: new Set(stored.flatMap((model) => companyPropertiesOf(model.document))),
  };
}
