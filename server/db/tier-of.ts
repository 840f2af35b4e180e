import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { Database } from "./database.ts";

/** The band of an account's present score, "excluded", or null. */
export async function readTierOf(db: Database, portalId: PortalId, accountId: AccountId): Promise<string | null> {
  const row = await db
    .selectFrom("account_scores")
    .select("tier")
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return row?.tier ?? null;
}
