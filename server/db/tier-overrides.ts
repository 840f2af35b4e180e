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

/** How many overrides of a portal stand. */
export async function countOverrides(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM tier_overrides WHERE portal_id = ${portalId} AND ended_at IS NULL`.execute(db);
  return rows[0]?.n ?? 0;
}

/** The standing overrides of a portal, or of one account. There are at most `mostOverrides` (check-override.ts). */
export async function readOverrides(db: Database, portalId: PortalId, accountId?: string): Promise<StoredOverride[]> {
  return db
    .selectFrom("tier_overrides")
    .select(["account_id as accountId", "tier", "reason", "set_by as by", "set_at as setAt", "expires_at as expiresAt"])
    .where("portal_id", "=", portalId)
    .where("ended_at", "is", null)
    .$if(accountId !== undefined, (query) => query.where("account_id", "=", accountId ?? ""))
    .execute();
}

export async function addOverrides(
  db: Database,
  portalId: PortalId,
  overrides: readonly StoredOverride[],
): Promise<void> {
  const column = <T>(of: (override: StoredOverride) => T) => overrides.map(of);
  await sql`
    INSERT INTO tier_overrides (portal_id, account_id, tier, reason, set_by, set_at, expires_at)
    SELECT ${portalId}::bigint, t.* FROM unnest(${column((one) => one.accountId)}::text[], ${column((one) => one.tier)}::text[],
      ${column((one) => one.reason)}::text[], ${column((one) => one.by)}::text[], ${column((one) => one.setAt)}::bigint[],
      ${column((one) => one.expiresAt)}::bigint[]) AS t`.execute(db);
}

/** Ends what stands for accounts; `by` is null when its time is over. Returns how many stood. */
export async function endOverrides(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  end: { at: number; by: string | null },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("tier_overrides")
    .set({ ended_at: end.at, ended_by: end.by })
    .where("portal_id", "=", portalId)
    .where("account_id", "=", sql<string>`ANY(${[...accountIds]}::text[])`)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Those whose time is over, and those of accounts that are gone. */
export async function endExpiredOverrides(db: Database, portalId: PortalId, now: number): Promise<void> {
  await sql`
    UPDATE tier_overrides o SET ended_at = ${now}
    WHERE o.portal_id = ${portalId} AND o.ended_at IS NULL AND (o.expires_at <= ${now} OR NOT EXISTS (
      SELECT FROM account_scores s WHERE s.portal_id = o.portal_id AND s.account_id = o.account_id))`.execute(db);
}
