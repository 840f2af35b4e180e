import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** The tier that an account was given a place in; before that the band of its score. Null when it has neither. */
export async function readTierOf(db: Database, portalId: PortalId, accountId: AccountId): Promise<string | null> {
  const { rows } = await sql<{ tier: string | null }>`
    SELECT coalesce(m.tier, s.tier) AS tier FROM account_scores s
    LEFT JOIN tier_members m ON m.portal_id = s.portal_id AND m.account_id = s.account_id
    WHERE s.portal_id = ${portalId} AND s.account_id = ${accountId}`.execute(db);
  return rows[0]?.tier ?? null;
}
