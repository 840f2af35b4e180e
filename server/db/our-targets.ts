import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Which of the accounts are targets here: on the list and not rejected by sales, or with a place in a tier. One query, however many. */
export async function readOurTargets(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Set<string>> {
  const ids = [...accountIds];
  const { rows } = await sql<{ accountId: string }>`
    SELECT account_id AS "accountId" FROM target_accounts
    WHERE portal_id = ${portalId} AND account_id = ANY(${ids}::text[]) AND verdict IS DISTINCT FROM 'reject'
    UNION
    SELECT account_id FROM tier_members
    WHERE portal_id = ${portalId} AND account_id = ANY(${ids}::text[]) AND tier NOT IN ('out', 'excluded')`.execute(db);
  return new Set(rows.map((row) => row.accountId));
}
