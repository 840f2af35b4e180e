import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { type OutputType, outputTables } from "./output-tables.ts";

/** A row that HubSpot did not find, or did not speak of, may be there a moment later: it was moved, merged or indexed. */
export const passingRefusals = ["OBJECT_NOT_FOUND", "NOT_CONFIRMED"] as const;
export const passingMs = 15_000;
/** What an admin's rule refuses stays refused until somebody repairs the record; each try costs some 14 requests. */
const lastingMs = 86_400_000;

/** Results that were refused long enough ago count as not sent yet; the sweeper then finds them waiting. */
export async function retryRefused(db: Database): Promise<number> {
  const retry = async (type: OutputType) => {
    const { table, id } = outputTables[type];
    // Held in the order of their keys, as everybody holds several of them.
    const { rows } = await sql`
      WITH due AS MATERIALIZED (
        SELECT s.portal_id, s.${sql.ref(id)} AS id FROM write_failures f
        JOIN ${sql.table(table)} s ON s.portal_id = f.portal_id AND s.${sql.ref(id)} = f.object_id
        WHERE f.object_type = ${type} AND s.refused IS NOT NULL AND f.failed_at < clock_timestamp() - interval '1 millisecond'
          * CASE WHEN f.category = ANY(${[...passingRefusals]}::text[]) THEN ${passingMs}::int ELSE ${lastingMs}::int END
        ORDER BY 1, 2 FOR UPDATE OF s
      )
      UPDATE ${sql.table(table)} s SET refused = NULL FROM due
      WHERE s.portal_id = due.portal_id AND s.${sql.ref(id)} = due.id RETURNING 1`.execute(db);
    return rows.length;
  };
  return (await retry("companies")) + (await retry("contacts"));
}

/**
 * Says of a failure `f` that the results of its record, as they stand now, were refused. One whose results have changed since waits
 * to be written, and is neither counted nor listed.
 */
export function standsRefused(type: OutputType) {
  const { table, id } = outputTables[type];
  return sql<boolean>`(f.object_type = ${type} AND EXISTS (
    SELECT FROM ${sql.table(table)} s WHERE s.portal_id = f.portal_id AND s.${sql.ref(id)} = f.object_id
      AND s.output = s.refused AND s.output IS DISTINCT FROM s.written))`;
}

/** How many records of a type stand refused (`standsRefused`). */
export const countRefused = (portalId: PortalId, type: OutputType) =>
  sql<number>`(SELECT count(*) FROM write_failures f WHERE f.portal_id = ${portalId} AND ${standsRefused(type)})::int`;

export async function countFailedPeople(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT ${countRefused(portalId, "contacts")} AS n`.execute(db);
  return rows[0]?.n ?? 0;
}
