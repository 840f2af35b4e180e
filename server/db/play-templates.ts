import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Play } from "@touchstone/shared/play-shape.ts";
import type { PlayMeasurement } from "@touchstone/shared/plays-api.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { holdPortal } from "./portals.ts";

export interface StoredTemplate {
  readonly templateId: string;
  readonly label: string;
  readonly playId: string;
  readonly play: Play;
  readonly results: PlayMeasurement;
  readonly savedBy: string;
  readonly savedAt: number;
}

const columns = sql`template_id AS "templateId", label, play_id AS "playId", document AS play, results, saved_by AS "savedBy",
  saved_at AS "savedAt"`;

/** Newest first. */
export async function listTemplates(db: Database, portalId: PortalId, limit: number): Promise<StoredTemplate[]> {
  const { rows } = await sql<StoredTemplate>`
    SELECT ${columns} FROM play_templates WHERE portal_id = ${portalId} ORDER BY saved_at DESC, template_id LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

export async function readTemplate(
  db: Database,
  portalId: PortalId,
  templateId: string,
): Promise<StoredTemplate | null> {
  const { rows } = await sql<StoredTemplate>`
    SELECT ${columns} FROM play_templates WHERE portal_id = ${portalId} AND template_id = ${templateId}::uuid`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** The template that stands: the new one, or that of the same request before. Null when the portal has `most` already. */
export async function addTemplate(
  db: Database,
  portalId: PortalId,
  given: StoredTemplate & { readonly requestId: string },
  most: number,
): Promise<StoredTemplate | null> {
  return db.transaction().execute(async (trx) => {
    await holdPortal(trx, portalId, true);
    await sql`
      INSERT INTO play_templates (portal_id, template_id, request_id, label, play_id, document, results, saved_by, saved_at)
      SELECT ${portalId}::bigint, ${given.templateId}::uuid, ${given.requestId}, ${given.label}, ${given.playId}::uuid,
        ${JSON.stringify(given.play)}::jsonb, ${JSON.stringify(given.results)}::jsonb, ${given.savedBy}, ${given.savedAt}::bigint
      WHERE (SELECT count(*) FROM play_templates WHERE portal_id = ${portalId}) < ${most}
      ON CONFLICT (portal_id, request_id) DO NOTHING`.execute(trx);
    const { rows } = await sql<StoredTemplate>`
      SELECT ${columns} FROM play_templates WHERE portal_id = ${portalId} AND request_id = ${given.requestId}`.execute(
      trx,
    );
    return rows[0] ?? null;
  });
}

export async function removeTemplate(db: Database, portalId: PortalId, templateId: string): Promise<void> {
  await sql`
    DELETE FROM play_templates WHERE portal_id = ${portalId} AND template_id = ${templateId}::uuid`.execute(db);
}
