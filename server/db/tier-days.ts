import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/** Keeps who is in which tier on a day; once a day, so that a day never changes afterwards. */
export async function keepTierDay(trx: Transaction<Schema>, portalId: PortalId, day: string): Promise<void> {
  await sql`
    INSERT INTO tier_days (portal_id, day, tier, accounts)
    SELECT portal_id, ${day}, tier, array_agg(account_id ORDER BY account_id) FROM tier_members
    WHERE portal_id = ${portalId} AND tier NOT IN ('out', 'excluded') GROUP BY portal_id, tier
    ON CONFLICT DO NOTHING`.execute(trx);
}
