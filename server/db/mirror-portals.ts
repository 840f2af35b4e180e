import type { AppObjectKey } from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { holdPortal } from "./portals.ts";

/** Whether a portal has our app objects, as it was last found. */
export interface MirrorCapability {
  readonly available: boolean;
  readonly reason: string | null;
  readonly probedAt: number;
  /** When the records were last held against ours. */
  readonly comparedAt: number | null;
  /** Of a comparison that is under way: the object, and the key of the last record that was compared. */
  readonly compareObject: AppObjectKey | null;
  readonly compareAfter: string | null;
  readonly plannedAt: number | null;
}

export async function readMirrorCapability(db: Database, portalId: PortalId): Promise<MirrorCapability | null> {
  const { rows } = await sql<MirrorCapability>`
    SELECT available, reason, probed_at AS "probedAt", compared_at AS "comparedAt",
      compare_object AS "compareObject", compare_after AS "compareAfter", planned_at AS "plannedAt" FROM mirror_portals
    WHERE portal_id = ${portalId}`.execute(db);
  return rows[0] ?? null;
}

export async function saveMirrorCapability(
  db: Database,
  portalId: PortalId,
  found: Pick<MirrorCapability, "available" | "reason" | "probedAt">,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId);
    await sql`
      INSERT INTO mirror_portals (portal_id, available, reason, probed_at)
      VALUES (${portalId}, ${found.available}, ${found.reason}, ${found.probedAt})
      ON CONFLICT (portal_id) DO UPDATE
      SET available = excluded.available, reason = excluded.reason, probed_at = excluded.probed_at`.execute(trx);
  });
}

export async function savePlanned(db: Database, portalId: PortalId, at: number): Promise<void> {
  await sql`UPDATE mirror_portals SET planned_at = ${at} WHERE portal_id = ${portalId}`.execute(db);
}

export async function saveCompareCursor(
  db: Database,
  portalId: PortalId,
  cursor: { readonly object: AppObjectKey; readonly after: string },
): Promise<void> {
  await sql`
    UPDATE mirror_portals SET compare_object = ${cursor.object}, compare_after = ${cursor.after}
    WHERE portal_id = ${portalId}`.execute(db);
}

/** To its end: the next one begins at the first record. */
export async function saveCompared(db: Database, portalId: PortalId, at: number): Promise<void> {
  await sql`
    UPDATE mirror_portals SET compared_at = ${at}, compare_object = NULL, compare_after = NULL
    WHERE portal_id = ${portalId}`.execute(db);
}
