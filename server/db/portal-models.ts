import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

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

/** Purpose and bands of the active models alone: what decides the options of the properties that they are written to. */
export async function readActiveBands(
  db: Database,
  portalId: PortalId,
): Promise<Pick<ScoringModel, "purpose" | "bands">[]> {
  const { rows } = await sql<Pick<ScoringModel, "purpose" | "bands">>`
    SELECT purpose, document -> 'bands' AS bands FROM portal_models
    WHERE portal_id = ${portalId} AND active ORDER BY purpose`.execute(db);
  return rows;
}

export interface ModelVersion extends Omit<StoredModel, "document"> {
  readonly name: string;
  readonly active: boolean;
  readonly publishedAt: Date;
  readonly publishedBy: string | null;
  readonly note: string | null;
}

/** Every version that the portal ever had, the newest first, without their documents. None is ever changed or removed. */
export async function listModelVersions(db: Database, portalId: PortalId, limit: number): Promise<ModelVersion[]> {
  const { rows } = await sql<ModelVersion>`
    SELECT model_key AS key, version, purpose, document ->> 'name' AS name, active, published_at AS "publishedAt",
      published_by AS "publishedBy", note
    FROM portal_models WHERE portal_id = ${portalId}
    ORDER BY active DESC, published_at DESC, model_key, version DESC LIMIT ${limit}`.execute(db);
  return rows;
}

export async function readModelVersion(
  db: Database,
  portalId: PortalId,
  key: string,
  version: number,
): Promise<StoredModel | undefined> {
  return db
    .selectFrom("portal_models")
    .select(["model_key as key", "version", "purpose", "document"])
    .where("portal_id", "=", portalId)
    .where("model_key", "=", key)
    .where("version", "=", version)
    .executeTakeFirst();
}

/** When a version was published, and by which HubSpot user; null: with the installation. */
export async function readPublication(
  db: Database,
  portalId: PortalId,
  key: string,
  version: number,
): Promise<{ at: number; by: string | null } | null> {
  const row = await db
    .selectFrom("portal_models")
    .select(["published_at", "published_by"])
    .where("portal_id", "=", portalId)
    .where("model_key", "=", key)
    .where("version", "=", version)
    .executeTakeFirst();
  return row ? { at: row.published_at.getTime(), by: row.published_by } : null;
}

/** The newest version of a key, and the purpose that the key has; null when the portal never had it. */
export async function readLastVersion(
  db: Database,
  portalId: PortalId,
  key: string,
): Promise<Pick<StoredModel, "version" | "purpose"> | null> {
  const row = await db
    .selectFrom("portal_models")
    .select(["version", "purpose"])
    .where("portal_id", "=", portalId)
    .where("model_key", "=", key)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Only one at a time publishes a model of a portal. Nobody else who works for the portal waits for it. */
export async function lockModels(trx: Transaction<Schema>, portalId: PortalId): Promise<void> {
  await sql`SELECT FROM portals WHERE portal_id = ${portalId} FOR NO KEY UPDATE`.execute(trx);
}

/** Adds a version and lets it take the place of the active model of its purpose. */
export async function activateVersion(
  trx: Transaction<Schema>,
  portalId: PortalId,
  model: StoredModel,
  published: { by: string; note: string | null },
): Promise<void> {
  await trx
    .updateTable("portal_models")
    .set({ active: false })
    .where("portal_id", "=", portalId)
    .where("purpose", "=", model.purpose)
    .where("active", "=", true)
    .execute();
  await trx
    .insertInto("portal_models")
    .values({
      portal_id: portalId,
      model_key: model.key,
      version: model.version,
      purpose: model.purpose,
      document: JSON.stringify(model.document),
      active: true,
      published_by: published.by,
      note: published.note,
    })
    .execute();
}

/** Most points and bands of the active priority model. */
export async function readActiveScale(
  db: Database,
  portalId: PortalId,
): Promise<{ key: string; max: number; bands: string[] } | null> {
  const { rows } = await sql<{ key: string; max: number; bands: string[] }>`
    SELECT model_key AS key,
      (SELECT sum((axis ->> 'max')::float8) FROM jsonb_array_elements(document -> 'axes') AS axis) AS max,
      ARRAY(SELECT band ->> 'key' FROM jsonb_array_elements(document -> 'bands') AS band) AS bands
    FROM portal_models WHERE portal_id = ${portalId} AND active AND purpose = 'priority'`.execute(db);
  return rows[0] ?? null;
}
