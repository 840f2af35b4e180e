import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface StoredOverride {
  readonly accountId: string;
  readonly tier: string;
  readonly reason: string;
  readonly by: string;
  readonly setAt: number;
  readonly expiresAt: number;
}

/** The standing overrides of a portal, or of one account. There are at most `mostOverrides` (override-tier.ts). */
export async function readOverrides(db: Database, portalId: PortalId, accountId?: string): Promise<StoredOverride[]> {
  return db
    .selectFrom("tier_overrides")
    .select(["account_id as accountId", "tier", "reason", "set_by as by", "set_at as setAt", "expires_at as expiresAt"])
    .where("portal_id", "=", portalId)
    .where("ended_at", "is", null)
    .$if(accountId !== undefined, (query) => query.where("account_id", "=", accountId ?? ""))
    .execute();
}

export async function addOverride(db: Database, portalId: PortalId, override: StoredOverride): Promise<void> {
  await db
    .insertInto("tier_overrides")
    .values({
      portal_id: portalId,
      account_id: override.accountId,
      set_at: override.setAt,
      tier: override.tier,
      reason: override.reason,
      set_by: override.by,
      expires_at: override.expiresAt,
    })
    .execute();
}

/** Ends what stands for an account; `by` is null when its time is over. */
export async function endOverride(
  db: Database,
  portalId: PortalId,
  accountId: string,
  end: { at: number; by: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("tier_overrides")
    .set({ ended_at: end.at, ended_by: end.by })
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Those whose time is over, and those of accounts that are gone. */
export async function endExpiredOverrides(db: Database, portalId: PortalId, now: number): Promise<void> {
  await sql`
    UPDATE tier_overrides o SET ended_at = ${now}
    WHERE o.portal_id = ${portalId} AND o.ended_at IS NULL AND (o.expires_at <= ${now} OR NOT EXISTS (
      SELECT FROM account_scores s WHERE s.portal_id = o.portal_id AND s.account_id = o.account_id))`.execute(db);
}
