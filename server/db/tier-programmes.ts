import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface StoredProgramme {
  readonly version: number;
  readonly document: object;
}

/** Null until somebody chose tiers of their own: then the default holds. */
export async function readStoredProgramme(db: Database, portalId: PortalId): Promise<StoredProgramme | null> {
  const row = await db
    .selectFrom("tier_programmes")
    .select(["version", "document"])
    .where("portal_id", "=", portalId)
    .where("active", "=", true)
    .executeTakeFirst();
  return row ?? null;
}

/** Keys and names of the tiers that a portal chose; none while the default holds. */
export async function readTierNames(db: Database, portalId: PortalId): Promise<{ key: string; name: string }[]> {
  const { rows } = await sql<{ key: string; name: string }>`
    SELECT tier ->> 'key' AS key, tier ->> 'name' AS name
    FROM tier_programmes p CROSS JOIN LATERAL jsonb_array_elements(p.document -> 'tiers') WITH ORDINALITY AS t(tier, place)
    WHERE p.portal_id = ${portalId} AND p.active ORDER BY place`.execute(db);
  return rows;
}

/** Adds a version, which takes the place of the one before. For one at a time: under `lockTiers`. */
export async function activateProgramme(
  db: Database,
  portalId: PortalId,
  document: object,
  published: { by: string; note: string | null },
): Promise<number> {
  const { last } = await db
    .selectFrom("tier_programmes")
    .select(({ fn }) => fn.max("version").as("last"))
    .where("portal_id", "=", portalId)
    .executeTakeFirstOrThrow();
  await db
    .updateTable("tier_programmes")
    .set({ active: false })
    .where("portal_id", "=", portalId)
    .where("active", "=", true)
    .execute();
  const version = (last ?? 0) + 1;
  await db
    .insertInto("tier_programmes")
    .values({
      portal_id: portalId,
      version,
      document: JSON.stringify(document),
      active: true,
      published_by: published.by,
      note: published.note,
    })
    .execute();
  return version;
}
