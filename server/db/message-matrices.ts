import type { PortalId } from "@touchstone/shared/ids.ts";
import { type MessageMatrix, messageMatrices, messageMatrixSchema } from "@touchstone/shared/message-matrix.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** The portal's messages; version 0 is the template that nobody has changed yet. */
export async function readMatrix(
  db: Database,
  portalId: PortalId,
): Promise<{ matrix: MessageMatrix; version: number }> {
  const { rows } = await sql<{ version: number; document: unknown }>`
    SELECT version, document FROM message_matrices WHERE portal_id = ${portalId}`.execute(db);
  const row = rows[0];
  return row
    ? { version: row.version, matrix: messageMatrixSchema.parse(row.document) }
    : { version: 0, matrix: messageMatrices["four-by-four"] };
}

/** False when somebody else changed them since `version` was read. */
export async function saveMatrix(
  db: Database,
  portalId: PortalId,
  change: { readonly matrix: MessageMatrix; readonly version: number; readonly by: string },
): Promise<boolean> {
  const document = JSON.stringify(change.matrix);
  const { rows } = await sql`
    INSERT INTO message_matrices AS m (portal_id, version, document, changed_by)
    SELECT ${portalId}::bigint, 1, ${document}::jsonb, ${change.by} WHERE ${change.version} = 0
      OR EXISTS (SELECT FROM message_matrices WHERE portal_id = ${portalId})
    ON CONFLICT (portal_id) DO UPDATE
    SET version = m.version + 1, document = excluded.document, changed_by = excluded.changed_by, changed_at = now()
    WHERE m.version = ${change.version} RETURNING 1`.execute(db);
  return rows.length > 0;
}
