import type { PortalId } from "@touchstone/shared/ids.ts";
import type { CostView } from "@touchstone/shared/roi-api.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { dealAmount, dealTime, isWonDeal } from "./deal-columns.ts";
import { timesOnList } from "./former-targets.ts";
import { livingCompanies } from "./living-companies.ts";
import { dayOfMs, tiersOnDays } from "./tier-on-day.ts";

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

export interface TargetRevenue {
  /** The account came onto the list before the deal was made. */
  readonly isAfterJoining: boolean;
  /** The tier of its account on the day on which the deal was made; null: none, or not known. */
  readonly tier: string | null;
  readonly revenue: number;
  readonly deals: number;
}

/**
 * Deals that were won in a period at accounts that were on the target list then, be it that they were removed since; each once, by
 * whether the deal was there before the account, and by tier.
 */
export async function readTargetRevenue(
  db: Database,
  portalId: PortalId,
  { from, to, timeZone }: { readonly from: number; readonly to: number; readonly timeZone: string },
): Promise<TargetRevenue[]> {
  const { rows } = await sql<TargetRevenue>`
    WITH RECURSIVE ${livingCompanies(portalId)},
    won AS MATERIALIZED (
      SELECT d.object_id AS deal_id, min(t.account_id) AS account_id, max(d.amount) AS amount, max(d.made_at) AS made_at,
        coalesce(bool_or(d.made_at >= t.added_at), false) AS is_after
      FROM (${timesOnList(portalId)}) t
      JOIN crm_links l ON l.portal_id = ${portalId} AND l.to_type = 'companies' AND l.to_id = t.account_id AND l.from_type = 'deals'
      CROSS JOIN LATERAL (
        SELECT object_id, ${dealAmount} AS amount, ${dealTime("createdate")} AS made_at, ${dealTime("closedate")} AS closed_at FROM crm_records
        WHERE portal_id = ${portalId} AND object_type = 'deals' AND object_id = l.from_id AND NOT archived AND ${isWonDeal} OFFSET 0) d
      WHERE d.closed_at >= ${from}::bigint AND d.closed_at < ${to}::bigint
        AND d.closed_at >= t.added_at AND (t.removed_at IS NULL OR d.closed_at < t.removed_at)
      GROUP BY d.object_id),
    asked AS MATERIALIZED (
      SELECT account_id, ${dayOfMs(sql.ref("made_at"), timeZone)} AS day FROM won WHERE made_at IS NOT NULL),
    ${tiersOnDays(portalId)}
    SELECT w.is_after AS "isAfterJoining", p.tier, coalesce(sum(w.amount), 0)::float8 AS revenue, count(*)::int AS deals
    FROM won w LEFT JOIN snapshots s ON s.day = ${dayOfMs(sql.ref("w.made_at"), timeZone)}
    LEFT JOIN places p ON p.kept_day = s.kept_day AND p.account_id = w.account_id
    GROUP BY 1, 2`.execute(db);
  return rows;
}
