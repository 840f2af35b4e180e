import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Database } from "./database.ts";

export interface StoredModel {
  readonly key: string;
  readonly version: number;
  readonly purpose: "priority" | "readiness";
  readonly document: object;
}

/** Gives a new portal its first models; a portal that has one for a purpose keeps it. */
export async function addStarterModels(
  db: Database,
  portalId: PortalId,
  models: readonly StoredModel[],
): Promise<void> {
  await db
    .insertInto("portal_models")
    .values(
      models.map((model) => ({
        portal_id: portalId,
        model_key: model.key,
        version: model.version,
        purpose: model.purpose,
        document: JSON.stringify(model.document),
        active: true,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
}

export async function readActiveModels(db: Database, portalId: PortalId): Promise<StoredModel[]> {
  return db
    .selectFrom("portal_models")
    .select(["model_key as key", "version", "purpose", "document"])
    .where("portal_id", "=", portalId)
    .where("active", "=", true)
    .execute();
}
