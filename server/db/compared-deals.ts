import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import {
  type ClosedDeal,
  type ClosedDeals,
  type ClosedQuestion,
  closedDealColumns,
  closedDeals,
  cutDeals,
} from "./closed-deals.ts";
import type { Database } from "./database.ts";
import { dealTime, isWonDeal } from "./deal-columns.ts";
import { dayOfMs, readTiersOnDays } from "./tier-on-day.ts";

export interface ComparedDeal extends ClosedDeal {
  /** The tiers of the day on which the deal was made are known. */
  readonly isDayKnown: boolean;
  /** In which its account was on that day; null: in none. */
  readonly tier: string | null;
  readonly employees: number | null;
  /** The account had won another deal before this one was closed. */
  readonly isLater: boolean;
}

export interface ComparedDeals extends ClosedDeals<ComparedDeal> {
  /** Closed deals that are with no company, and so with neither side. */
  readonly withoutAccount: number;
}

/** Closed deals with a company, each with what its account was when the deal was made: no later move changes it. */
export async function readComparedDeals(
  db: Database,
  portalId: PortalId,
  question: ClosedQuestion & { readonly timeZone: string },
): Promise<ComparedDeals> {
  const { rows } = await sql<Omit<ComparedDeal, "isDayKnown" | "tier"> & { madeDay: string }>`
    SELECT ${closedDealColumns}, ${dayOfMs(sql.ref("c.made_at"), question.timeZone)} AS "madeDay", r.employees,
      c.is_won AND EXISTS (
        SELECT FROM crm_links k CROSS JOIN LATERAL (
          SELECT ${isWonDeal} AS was_won, ${dealTime("closedate")} AS was_closed FROM crm_records
          WHERE portal_id = ${portalId} AND object_type = 'deals' AND object_id = k.from_id AND object_id <> c.deal_id AND NOT archived OFFSET 0) o
        WHERE k.portal_id = ${portalId} AND k.to_type = 'companies' AND k.to_id = c.account_id AND k.from_type = 'deals'
          AND o.was_won AND o.was_closed < c.closed_at) AS "isLater"
    FROM (${closedDeals(portalId, question)}) c
    LEFT JOIN LATERAL (
      SELECT CASE WHEN properties ->> 'numberofemployees' ~ '^[0-9]{1,9}$' THEN (properties ->> 'numberofemployees')::int END AS employees
      FROM crm_records WHERE portal_id = ${portalId} AND object_type = 'companies' AND object_id = c.account_id OFFSET 0) r ON true`.execute(
    db,
  );
  const { deals: counted, isCut } = cutDeals(rows, question.most);
  const asked = counted.flatMap(({ accountId, madeDay, ...deal }) =>
    accountId === null ? [] : [{ ...deal, accountId, madeDay }],
  );
  const tiers = await readTiersOnDays(
    db,
    portalId,
    asked.map(({ accountId }) => accountId),
    asked.map(({ madeDay }) => madeDay),
  );
  const deals = asked.map(({ madeDay, ...deal }) => ({
    ...deal,
    isDayKnown: tiers.isKnown(madeDay),
    tier: tiers.tierOf(deal.accountId, madeDay),
  }));
  return { deals, isCut, withoutAccount: counted.length - deals.length };
}
