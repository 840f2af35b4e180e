import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * For `WITH RECURSIVE`: each company that was merged away (`id`) and where it lives on (`into_id`), over at most ten merges. What
 * is kept by day names companies as they were called on that day.
 */
export const livingCompanies = (portalId: PortalId) => sql`
  gone AS MATERIALIZED (
    SELECT object_id AS id, merged_into AS into_id FROM crm_records
    WHERE portal_id = ${portalId} AND object_type = 'companies' AND merged_into IS NOT NULL),
  merges AS (
    SELECT id, into_id, 1 AS hops FROM gone
    UNION ALL
    SELECT m.id, g.into_id, m.hops + 1 FROM merges m JOIN gone g ON g.id = m.into_id WHERE m.hops < 10),
  living AS MATERIALIZED (SELECT DISTINCT ON (id) id, into_id FROM merges ORDER BY id, hops DESC)`;

export async function readLivingCompanies(db: Database, portalId: PortalId): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; intoId: string }>`
    WITH RECURSIVE ${livingCompanies(portalId)} SELECT id, into_id AS "intoId" FROM living`.execute(db);
  return new Map(rows.map(({ id, intoId }) => [id, intoId]));
}
