import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { engagementOf } from "./engagement-of.ts";
import { livingCompanies } from "./living-companies.ts";

export interface ProgrammeDeal {
  readonly dealId: string;
  /** In the portal's currency where HubSpot says it so; null: no amount. */
  readonly amount: number | null;
  /** The account engaged in the 90 days before the deal was made. */
  readonly influenced: boolean;
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
  const amount = sql`coalesce(nullif(properties ->> 'amount_in_home_currency', ''), properties ->> 'amount')`;
  // A time that is no ISO text compares as text and falls out; inside CASE nothing is cast that does not look like one.
  const madeAt = sql`CASE WHEN properties ->> 'createdate' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$'
    THEN (properties ->> 'createdate')::timestamptz END`;
  const madeMs = sql`(extract(epoch FROM m.made_at) * 1000)::bigint`;
  const beforeIt = sql`at >= ${madeMs} - ${influenceMs}::bigint AND at < ${madeMs}`;
  const { rows } = await sql<{ accounts: number; deals: ProgrammeDeal[] }>`
    WITH RECURSIVE ${livingCompanies(portalId)}, days AS MATERIALIZED (
      SELECT day, accounts FROM tier_days
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
        SELECT ${madeAt} AS made_at, CASE WHEN ${amount} ~ '^-?[0-9]+([.][0-9]+)?$' THEN (${amount})::float8 END AS amount FROM crm_records
        WHERE portal_id = ${portalId} AND object_type = 'deals' AND object_id = l.from_id AND NOT archived
          AND properties ->> 'createdate' >= ${iso(from)} AND properties ->> 'createdate' < ${iso(to)} OFFSET 0) d
      WHERE d.made_at IS NOT NULL)
    SELECT (SELECT count(*) FROM candidates)::int AS accounts, coalesce(json_agg(d), '[]') AS deals FROM (
    SELECT deal_id AS "dealId", max(amount) AS amount, bool_or(EXISTS (
        ${engagementOf(portalId, sql.ref("m.account_id"), { within: beforeIt, notKinds })})) AS influenced
    FROM made m WHERE EXISTS (
      SELECT FROM days WHERE accounts && m.names
        AND day = (SELECT max(day) FROM days WHERE day <= to_char(m.made_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD')))
    GROUP BY deal_id) d`.execute(db);
  return rows[0] ?? { deals: [], accounts: 0 };
}
