import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { OutputType } from "./output-tables.ts";

/** See `WriteRule` of the gateway. */
export interface StoredRule {
  readonly property: string;
  readonly dependsOn: readonly string[];
  readonly values: readonly string[];
}

/** After this the rule may have been lifted: one write goes without asking, and tells. */
const holdsFor = sql`interval '1 day'`;
/** An admin has tens of rules at most; a rule more is a request more now and then. */
const mostRules = 100;

/** Rules of a portal that HubSpot applied within the last day. */
export async function readWriteRules(db: Database, portalId: PortalId, type: OutputType): Promise<StoredRule[]> {
  const { rows } = await sql<StoredRule>`
    SELECT property, depends_on AS "dependsOn", "values" FROM write_rules
    WHERE portal_id = ${portalId} AND object_type = ${type} AND refused_at > clock_timestamp() - ${holdsFor}
    ORDER BY refused_at DESC LIMIT ${mostRules}`.execute(db);
  return rows;
}

/** HubSpot refused records by these rules a moment ago. Those that it applied no more are forgotten. */
export async function saveWriteRules(
  db: Database,
  portalId: PortalId,
  type: OutputType,
  rules: readonly StoredRule[],
): Promise<void> {
  if (rules.length === 0) return;
  const met = JSON.stringify(
    rules.map(({ property, dependsOn, values }) => ({ property, depends_on: dependsOn, values })),
  );
  await sql`
    INSERT INTO write_rules (portal_id, object_type, property, depends_on, "values")
    SELECT ${portalId}::bigint, ${type}, property, depends_on, "values"
    FROM (SELECT FROM portals WHERE portal_id = ${portalId} AND status <> 'disconnected' FOR KEY SHARE) p,
      jsonb_to_recordset(${met}::jsonb) AS t(property text, depends_on text[], "values" text[]) ORDER BY 3, 4, 5
    ON CONFLICT (portal_id, object_type, property, depends_on, "values") DO UPDATE
    SET refused_at = clock_timestamp()`.execute(db);
  await sql`
    DELETE FROM write_rules WHERE portal_id = ${portalId} AND object_type = ${type}
      AND refused_at < clock_timestamp() - 2 * ${holdsFor}`.execute(db);
}
