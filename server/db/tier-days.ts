import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { readLivingCompanies } from "./living-companies.ts";
import type { Schema } from "./schema.ts";

/** Keeps who is in which tier on a day; once a day, so that a day never changes afterwards. */
export async function keepTierDay(trx: Transaction<Schema>, portalId: PortalId, day: string): Promise<void> {
  await sql`
    INSERT INTO tier_days (portal_id, day, tier, accounts)
    SELECT portal_id, ${day}, tier, array_agg(account_id ORDER BY account_id) FROM tier_members
    WHERE portal_id = ${portalId} AND tier NOT IN ('out', 'excluded') GROUP BY portal_id, tier
    ON CONFLICT DO NOTHING`.execute(trx);
}

export interface TierDay {
  /** The day that was asked for. */
  readonly wanted: string;
  /** The day of the snapshot: that day, or the newest one of the week before it. */
  readonly day: string;
  readonly tier: string;
  /** Under the names that they have now: of companies that were merged since, the one that is left, once for each of them. */
  readonly accounts: readonly string[];
}

/** Who was in which tier on each of the days ("2026-11-22"). A day without a snapshot in the week up to it is not in the answer. */
export async function readTierDays(db: Database, portalId: PortalId, days: readonly string[]): Promise<TierDay[]> {
  const [{ rows }, living] = await Promise.all([
    sql<TierDay>`
      SELECT w.day AS wanted, d.day, d.tier, d.accounts FROM unnest(${[...days]}::text[]) AS w(day)
      CROSS JOIN LATERAL (SELECT max(day) AS day FROM tier_days WHERE portal_id = ${portalId} AND day <= w.day
        AND day >= to_char(w.day::date - 6, 'YYYY-MM-DD')) newest
      JOIN tier_days d ON d.portal_id = ${portalId} AND d.day = newest.day`.execute(db),
    readLivingCompanies(db, portalId),
  ]);
  // Here and not in the query: twelve weeks of thousands of accounts are joined at three times the price.
  if (living.size === 0) return rows;
  return rows.map((row) => ({ ...row, accounts: row.accounts.map((id) => living.get(id) ?? id) }));
}

/** The first day of which the tiers are known; null: none yet. */
export async function readFirstTierDay(db: Database, portalId: PortalId): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    SELECT min(day) AS day FROM tier_days WHERE portal_id = ${portalId}`.execute(db);
  return rows[0]?.day ?? null;
}
