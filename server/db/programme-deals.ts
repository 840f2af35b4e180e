import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { dealAmount, dealTime } from "./deal-columns.ts";
import { engagementOf } from "./engagement-of.ts";
import { livingCompanies } from "./living-companies.ts";
import { dayOfMs } from "./tier-on-day.ts";
import { firstTouch } from "./touches.ts";

export interface ProgrammeDeal {
  readonly dealId: string;
  readonly accountId: string;
  /** In which its account was on the day on which the deal was made. */
  readonly tier: string;
  readonly madeAt: number;
  /** In the portal's currency where HubSpot says it so; null: no amount. */
  readonly amount: number | null;
  /** The account engaged in the 90 days before the deal was made. */
  readonly influenced: boolean;
  /** The first touch of the account before the deal was made, as the CRM has it, and the first step of a play that was done. */
  readonly touchedAt: string | null;
  readonly stepAt: number | null;
}

export interface DealsQuestion {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly notKinds: readonly string[];
  /** Accounts that are counted. */
  readonly most: number;
}

export interface ProgrammeDeals {
  readonly deals: readonly ProgrammeDeal[];
  /** How many accounts were in a tier in the period, counted or not. */
  readonly accounts: number;
}

const influenceMs = 90 * 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

/**
 * Deals that were made in a period at accounts that held a place in a tier on that very day, by the daily snapshots, each once
 * (metric 7). A day without a snapshot counts as the newest one before it. Deals of merged companies hang on the one that is left,
 * and the snapshots name each as it was then.
 */
export async function readProgrammeDeals(
  db: Database,
  portalId: PortalId,
  { from, to, timeZone, notKinds, most }: DealsQuestion,
): Promise<ProgrammeDeals> {
  const madeAt = sql.ref("m.made_at");
  const beforeIt = sql`at >= ${madeAt} - ${influenceMs}::bigint AND at < ${madeAt}`;
  const { rows } = await sql<{ accounts: number; deals: ProgrammeDeal[] }>`
    WITH RECURSIVE ${livingCompanies(portalId)}, days AS MATERIALIZED (
      SELECT day, tier, accounts FROM tier_days
      WHERE portal_id = ${portalId} AND day >= to_char(to_timestamp(${from / 1000}) - interval '8 days', 'YYYY-MM-DD')),
    candidates AS MATERIALIZED (
      SELECT coalesce(l.into_id, n.id) AS id, array_agg(n.id) AS names FROM (SELECT DISTINCT unnest(accounts) AS id FROM days) n
      LEFT JOIN living l ON l.id = n.id GROUP BY 1),
    counted AS MATERIALIZED (SELECT id, names FROM candidates ORDER BY id LIMIT ${most}),
    made AS MATERIALIZED (
      SELECT c.id AS account_id, c.names, l.from_id AS deal_id, d.* FROM counted c
      CROSS JOIN LATERAL (
        SELECT from_id FROM crm_links
        WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = c.id AND from_type = 'deals' OFFSET 0) l
      CROSS JOIN LATERAL (
        SELECT made_at, amount, ${dayOfMs(sql.ref("made_at"), timeZone)} AS made_day FROM (
          SELECT ${dealTime("createdate")} AS made_at, ${dealAmount} AS amount FROM crm_records
          WHERE portal_id = ${portalId} AND object_type = 'deals' AND object_id = l.from_id AND NOT archived
            AND properties ->> 'createdate' >= ${iso(from)} AND properties ->> 'createdate' < ${iso(to)} OFFSET 0) r) d
      WHERE d.made_at IS NOT NULL)
    SELECT (SELECT count(*) FROM candidates)::int AS accounts, coalesce(json_agg(d), '[]') AS deals FROM (
    SELECT deal_id AS "dealId", min(m.account_id) AS "accountId", min(t.tier) AS tier, max(m.made_at) AS "madeAt", max(amount) AS amount,
      bool_or(EXISTS (${engagementOf(portalId, sql.ref("m.account_id"), { within: beforeIt, notKinds })})) AS influenced,
      min(f.touched_at) AS "touchedAt", min(f.step_at) AS "stepAt"
    FROM made m CROSS JOIN LATERAL (
      SELECT min(tier) AS tier FROM days
      WHERE day = (SELECT max(day) FROM days WHERE day <= m.made_day) AND accounts && m.names) t
    CROSS JOIN LATERAL (${firstTouch(portalId, sql.ref("m.account_id"), madeAt)}) f
    WHERE t.tier IS NOT NULL GROUP BY deal_id) d`.execute(db);
  return rows[0] ?? { deals: [], accounts: 0 };
}
