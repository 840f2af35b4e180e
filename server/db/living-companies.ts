import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";

/**
 * For `WITH RECURSIVE`: each company that was merged away (`id`) and where it lives on (`into_id`), over at most ten merges. What
 * is kept by day names companies as they were called on that day.
 */
export const livingCompanies = (portalId: PortalId) => sql`
  merges (id, into_id, hops) AS (
    SELECT object_id, merged_into, 1 FROM crm_records
    WHERE portal_id = ${portalId} AND object_type = 'companies' AND merged_into IS NOT NULL
    UNION ALL
    SELECT m.id, r.merged_into, m.hops + 1 FROM merges m CROSS JOIN LATERAL (
      SELECT merged_into FROM crm_records WHERE portal_id = ${portalId} AND object_type = 'companies' AND object_id = m.into_id
        AND merged_into IS NOT NULL OFFSET 0) r
    WHERE m.hops < 10),
  living AS MATERIALIZED (SELECT DISTINCT ON (id) id, into_id FROM merges ORDER BY id, hops DESC)`;
