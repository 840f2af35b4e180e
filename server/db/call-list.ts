import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { isTouchedByPerson } from "./touches.ts";

export interface ListedAccount {
  readonly accountId: string;
  readonly name: string | null;
  /** The place in the programme where there is one, else the band of the score. */
  readonly tier: string | null;
  readonly score: number | null;
  readonly readiness: number | null;
}

export interface ReadyAccount extends ListedAccount {
  /** A person touched it within the span. */
  readonly touched: boolean;
}

const columns = sql`s.account_id AS "accountId", r.properties ->> 'name' AS name, coalesce(m.tier, s.tier) AS tier, s.score, s.readiness`;
const company = sql`JOIN crm_records r ON r.portal_id = s.portal_id AND r.object_type = 'companies' AND r.object_id = s.account_id AND NOT r.archived
  LEFT JOIN tier_members m ON m.portal_id = s.portal_id AND m.account_id = s.account_id`;

/**
 * Accounts whose readiness is at least `from` and whose outreach clock does not run: the readiest first, and of each whether a
 * person touched it within a span.
 */
export async function listReadyAccounts(
  db: Database,
  portalId: PortalId,
  of: {
    readonly from: number;
    readonly since: number;
    readonly now: number;
    readonly skip: number;
    readonly limit: number;
  },
): Promise<ReadyAccount[]> {
  // `readiness > 0` is what the index holds. Touches are looked for only at those that the limit leaves.
  const { rows } = await sql<ReadyAccount>`
    SELECT c.*, ${isTouchedByPerson(portalId, sql.ref("c.accountId"), of)} AS touched FROM (
      SELECT ${columns} FROM account_scores s ${company}
      WHERE s.portal_id = ${portalId} AND s.readiness > 0 AND s.readiness >= ${of.from}
        AND s.tier IS DISTINCT FROM 'excluded' AND m.tier IS DISTINCT FROM 'excluded'
        AND NOT EXISTS (SELECT FROM hot_alerts a
          WHERE a.portal_id = s.portal_id AND a.account_id = s.account_id AND a.state IN ('open', 'missed'))
      ORDER BY s.readiness DESC, s.score DESC NULLS LAST, s.account_id LIMIT ${of.limit} OFFSET ${of.skip}) c
    ORDER BY c.readiness DESC, c.score DESC NULLS LAST, c."accountId"`.execute(db);
  return rows;
}

/** The same of accounts by id. */
export async function readListedAccounts(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Map<string, ListedAccount>> {
  const { rows } = await sql<ListedAccount>`
    SELECT ${columns} FROM account_scores s ${company}
    WHERE s.portal_id = ${portalId} AND s.account_id = ANY(${[...accountIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.accountId, row]));
}

/** From how many readiness points on the active model asks for anything; null when it asks for nothing. */
export async function readLowestAction(db: Database, portalId: PortalId): Promise<number | null> {
  const { rows } = await sql<{ from: number | null }>`
    SELECT min((action ->> 'from')::float8) AS "from" FROM portal_models
    CROSS JOIN LATERAL jsonb_array_elements(document -> 'actions') AS action
    WHERE portal_id = ${portalId} AND active AND purpose = 'readiness'`.execute(db);
  return rows[0]?.from ?? null;
}
