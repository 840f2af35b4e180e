import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { dealAmount, dealTime, isClosedDeal, isWonDeal } from "./deal-columns.ts";

export interface ClosedDeal {
  readonly dealId: string;
  /** The company that it is with, the primary one where there are several; null: none. */
  readonly accountId: string | null;
  readonly madeAt: number;
  readonly closedAt: number;
  readonly isWon: boolean;
  readonly amount: number | null;
}

export interface ClosedQuestion {
  readonly from: number;
  readonly to: number;
  /** The newest so many. */
  readonly most: number;
}

export interface ClosedDeals<Deal> {
  readonly deals: readonly Deal[];
  /** There are older ones in the period. */
  readonly isCut: boolean;
}

/**
 * Deals that were won or lost in a period, the newest first, each once with one company. By the index of closed deals; what a deal
 * says is read of those alone that are counted.
 */
export const closedDeals = (portalId: PortalId, { from, to, most }: ClosedQuestion) => sql`
  SELECT d.*, l.to_id AS account_id FROM (
    SELECT object_id AS deal_id, ${dealTime("createdate")} AS made_at, ${dealTime("closedate")} AS closed_at, ${isWonDeal} AS is_won,
      ${dealAmount} AS amount
    FROM (
      SELECT object_id, properties FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'deals' AND NOT archived AND ${isClosedDeal}
        AND properties ->> 'closedate' >= ${new Date(from).toISOString()} AND properties ->> 'closedate' < ${new Date(to).toISOString()}
      ORDER BY properties ->> 'closedate' DESC LIMIT ${most + 1}) newest OFFSET 0) d
  LEFT JOIN LATERAL (
    SELECT to_id FROM crm_links
    WHERE portal_id = ${portalId} AND from_type = 'deals' AND from_id = d.deal_id AND to_type = 'companies'
    ORDER BY is_primary DESC, to_id LIMIT 1) l ON true
  WHERE d.made_at IS NOT NULL AND d.closed_at IS NOT NULL`;

/** Of `closedDeals` under the name c. */
export const closedDealColumns = sql`c.deal_id AS "dealId", c.account_id AS "accountId", c.made_at AS "madeAt", c.closed_at AS "closedAt",
  c.is_won AS "isWon", c.amount`;

/** `closedDeals` reads one more than is counted, and so says whether there is more. */
export const cutDeals = <Deal extends { readonly closedAt: number }>(
  rows: readonly Deal[],
  most: number,
): ClosedDeals<Deal> => ({
  deals: rows.toSorted((a, b) => b.closedAt - a.closedAt).slice(0, most),
  isCut: rows.length > most,
});

export async function readClosedDeals(
  db: Database,
  portalId: PortalId,
  question: ClosedQuestion,
): Promise<ClosedDeals<ClosedDeal>> {
  const { rows } = await sql<ClosedDeal>`
    SELECT ${closedDealColumns} FROM (${closedDeals(portalId, question)}) c`.execute(db);
  return cutDeals(rows, question.most);
}
