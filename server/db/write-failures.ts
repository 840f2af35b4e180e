import type { PortalId } from "@touchstone/shared/ids.ts";
import { refusalCategories } from "@touchstone/shared/refusal-categories.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { type OutputType, outputTables } from "./output-tables.ts";
import { isSpent } from "./refused-requests.ts";

/** A row that HubSpot did not find, or did not speak of, may be there a moment later: it was moved, merged or indexed. */
export const passingRefusals = ["OBJECT_NOT_FOUND", "NOT_CONFIRMED"] as const;
export const passingMs = 15_000;
export const isPassing = (category: string): boolean => passingRefusals.some((one) => one === category);
/** What HubSpot refuses stays refused until somebody changes the record or the portal. */
const lastingMs = 86_400_000;
/** Of a portal and a type in one go: one request full, the longest refused first. */
const mostFreed = 100;

/**
 * Results that were refused long enough ago count as not sent yet; the sweeper then finds them waiting. Once a portal has had the
 * day's refusals, only those wait no longer that cost none.
 */
export async function retryRefused(db: Database): Promise<number> {
  const retry = async (type: OutputType) => {
    const { table, id } = outputTables[type];
    const passing = sql<boolean>`f.category = ANY(${[...passingRefusals]}::text[])`;
    // Held in the order of their keys, as everybody holds several of them.
    const { rows } = await sql`
      WITH picked AS MATERIALIZED (
        SELECT f.portal_id, f.object_id, ${passing} AS passing,
          row_number() OVER (PARTITION BY f.portal_id, ${passing} ORDER BY f.failed_at, f.object_id) AS place
        FROM write_failures f JOIN ${sql.table(table)} s ON s.portal_id = f.portal_id AND s.${sql.ref(id)} = f.object_id
        WHERE f.object_type = ${type} AND s.refused IS NOT NULL AND f.failed_at < clock_timestamp() - interval '1 millisecond'
          * CASE WHEN ${passing} OR f.category = ${refusalCategories.untried} THEN ${passingMs}::int ELSE ${lastingMs}::int END
          AND (${passing} OR f.category = ${refusalCategories.rule} OR NOT ${isSpent(sql.ref("f.portal_id"))})
      ), due AS MATERIALIZED (
        SELECT s.portal_id, s.${sql.ref(id)} AS id FROM picked p
        JOIN ${sql.table(table)} s ON s.portal_id = p.portal_id AND s.${sql.ref(id)} = p.object_id
        WHERE p.passing OR p.place <= ${mostFreed} ORDER BY 1, 2 FOR UPDATE OF s
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
