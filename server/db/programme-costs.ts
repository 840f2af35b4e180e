import type { PortalId } from "@touchstone/shared/ids.ts";
import type { CostView } from "@touchstone/shared/roi-api.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { timesOnList } from "./former-targets.ts";

/** The same id again changes what was said. An amount of 0 takes it back. */
export async function saveCost(
  db: Database,
  portalId: PortalId,
  cost: CostView & { readonly by: string },
): Promise<void> {
  if (cost.amount === 0) {
    await sql`DELETE FROM programme_costs WHERE portal_id = ${portalId} AND cost_id = ${cost.costId}`.execute(db);
    return;
  }
  await sql`
    INSERT INTO programme_costs (portal_id, cost_id, kind, what, amount, at, added_by)
    VALUES (${portalId}, ${cost.costId}, ${cost.kind}, ${cost.what}, ${cost.amount}, ${cost.at}, ${cost.by})
    ON CONFLICT (portal_id, cost_id) DO UPDATE
    SET kind = excluded.kind, what = excluded.what, amount = excluded.amount, at = excluded.at, added_by = excluded.added_by`.execute(
    db,
  );
}

export async function readCosts(
  db: Database,
  portalId: PortalId,
  from: number,
  to: number,
  limit: number,
): Promise<CostView[]> {
  const { rows } = await sql<CostView>`
    SELECT cost_id AS "costId", kind, what, amount, at FROM programme_costs
    WHERE portal_id = ${portalId} AND at >= ${from}::bigint AND at < ${to}::bigint ORDER BY at, cost_id LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

/** Deals that were won in a period at accounts that were on the target list then, be it that they were removed since; each once. */
export async function readTargetRevenue(
  db: Database,
  portalId: PortalId,
  from: number,
  to: number,
): Promise<{ revenue: number; deals: number }> {
  const [fromText, toText] = [new Date(from).toISOString(), new Date(to).toISOString()];
  const { rows } = await sql<{ revenue: number; deals: number }>`
    SELECT coalesce(sum(amount), 0)::float8 AS revenue, count(*)::int AS deals FROM (
      SELECT DISTINCT d.object_id,
        CASE WHEN coalesce(nullif(d.properties ->> 'amount_in_home_currency', ''), d.properties ->> 'amount') ~ '^-?[0-9]+([.][0-9]+)?$'
          THEN coalesce(nullif(d.properties ->> 'amount_in_home_currency', ''), d.properties ->> 'amount')::float8 END AS amount
      FROM (${timesOnList(portalId)}) t
      JOIN crm_links l ON l.portal_id = ${portalId} AND l.to_type = 'companies' AND l.to_id = t.account_id AND l.from_type = 'deals'
      JOIN crm_records d ON d.portal_id = l.portal_id AND d.object_type = 'deals' AND d.object_id = l.from_id AND NOT d.archived
      WHERE (d.properties ->> 'hs_is_closed_won' = 'true' OR d.properties ->> 'dealstage' = 'closedwon')
        AND d.properties ->> 'closedate' >= ${fromText} AND d.properties ->> 'closedate' < ${toText}
        AND d.properties ->> 'closedate' >= ${isoOf("added_at")}
        AND (t.removed_at IS NULL OR d.properties ->> 'closedate' < ${isoOf("removed_at")})
    ) won`.execute(db);
  return rows[0] ?? { revenue: 0, deals: 0 };
}

/** A moment of a time on the list as HubSpot writes one, to be compared as text. */
const isoOf = (column: "added_at" | "removed_at") =>
  sql`to_char(to_timestamp(${sql.ref(`t.${column}`)} / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
