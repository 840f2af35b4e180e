import type { PortalId } from "@touchstone/shared/ids.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { Database } from "../db/database.ts";
import { readActiveModels } from "../db/portal-models.ts";
import { type CompiledModel, compileModel } from "../scoring/compile-model.ts";

export interface PortalModels {
  readonly priority: CompiledModel;
  readonly readiness: CompiledModel;
}

/**
 * A portal has one priority model and one readiness model (product.md §3). A version never changes, so those that are `known`
 * already are not made again.
 */
export async function loadModels(
  db: Database,
  portalId: PortalId,
  known: PortalModels | null = null,
): Promise<PortalModels> {
  const stored = await readActiveModels(db, portalId);
  const load = (purpose: "priority" | "readiness") => {
    const model = stored.find((one) => one.purpose === purpose);
    if (!model) throw new Error(`portal ${portalId} has no ${purpose} model`);
    const reference = known?.[purpose].reference;
    if (known && reference?.key === model.key && reference.version === model.version) return known[purpose];
    return compileModel(scoringModelSchema.parse(model.document));
  };
  return { priority: load("priority"), readiness: load("readiness") };
}
