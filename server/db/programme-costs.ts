import type { PortalId } from "@touchstone/shared/ids.ts";
import type { CostView } from "@touchstone/shared/roi-api.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { dealAmount, dealTime, isWonDeal } from "./deal-columns.ts";
import { timesOnList } from "./former-targets.ts";
import { dayOfMs, readTiersOnDays } from "./tier-on-day.ts";

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

export interface TargetWin {
  readonly amount: number | null;
  /** The account came onto the list before the deal was made. */
  readonly isAfterJoining: boolean;
  /** The tier of its account on the day on which the deal was made; null: none, or not known. */
  readonly tier: string | null;
}

/** Deals that were won in a period at accounts that were on the target list then, be it that they were removed since; each once. */
export async function readTargetWins(
  db: Database,
  portalId: PortalId,
  { from, to, timeZone }: { readonly from: number; readonly to: number; readonly timeZone: string },
): Promise<TargetWin[]> {
  const [fromText, toText] = [new Date(from).toISOString(), new Date(to).toISOString()];
  const { rows } = await sql<Omit<TargetWin, "tier"> & { accountId: string; madeDay: string | null }>`
    SELECT min(t.account_id) AS "accountId", max(d.amount) AS amount, ${dayOfMs(sql`max(d.made_at)`, timeZone)} AS "madeDay",
      coalesce(bool_or(d.made_at >= t.added_at), false) AS "isAfterJoining"
    FROM (${timesOnList(portalId)}) t
    JOIN crm_links l ON l.portal_id = ${portalId} AND l.to_type = 'companies' AND l.to_id = t.account_id AND l.from_type = 'deals'
    CROSS JOIN LATERAL (
      SELECT object_id, ${dealAmount} AS amount, ${dealTime("createdate")} AS made_at, ${dealTime("closedate")} AS closed_at FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'deals' AND object_id = l.from_id AND NOT archived AND ${isWonDeal}
        AND properties ->> 'closedate' >= ${fromText} AND properties ->> 'closedate' < ${toText} OFFSET 0) d
    WHERE d.closed_at >= t.added_at AND (t.removed_at IS NULL OR d.closed_at < t.removed_at)
    GROUP BY d.object_id`.execute(db);
  const tiers = await readTiersOnDays(
    db,
    portalId,
    rows.map(({ accountId }) => accountId),
    rows.flatMap(({ madeDay }) => madeDay ?? []),
  );
  return rows.map(({ amount, isAfterJoining, accountId, madeDay }) => {
    return { amount, isAfterJoining, tier: madeDay === null ? null : tiers.tierOf(accountId, madeDay) };
  });
}
