import type { PortalId } from "@touchstone/shared/ids.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import type { Database } from "../db/database.ts";
import { readActiveModels, readModelVersion } from "../db/portal-models.ts";
import { type CompiledModel, compileModel } from "../scoring/compile-model.ts";
import { createModelShelf, type ModelShelf } from "../scoring/create-model-shelf.ts";

export interface PortalModels {
  readonly priority: CompiledModel;
  readonly readiness: CompiledModel;
  /** Any version that was ever active: what a stored score is read with. */
  readonly versions: ModelShelf;
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
  const [priority, readiness] = [load("priority"), load("readiness")];
  const readDocument = async (key: string, version: number) =>
    (await readModelVersion(db, portalId, key, version))?.document ?? null;
  return { priority, readiness, versions: known?.versions ?? createModelShelf(readDocument, [priority, readiness]) };
}
