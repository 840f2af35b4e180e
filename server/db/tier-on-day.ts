import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";
import { livingCompanies } from "./living-companies.ts";

/** The calendar day of a column of milliseconds, on the portal's clock. */
export const dayOfMs = (at: RawBuilder<unknown>, timeZone: string) =>
  sql<string>`to_char(to_timestamp(${at} / 1000.0) AT TIME ZONE ${timeZone}, 'YYYY-MM-DD')`;

export interface TiersOnDays {
  /** The tiers of the day, or of the newest one in the week up to it, were kept. */
  isKnown(day: string): boolean;
  /** Null: the account was in none, or the day is not known. */
  tierOf(accountId: string, day: string): string | null;
}

/** In which tiers these accounts were on these days, under the names that they have now. Each snapshot is opened once. */
export async function readTiersOnDays(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  days: readonly string[],
): Promise<TiersOnDays> {
  const { rows } = await sql<{ day: string; accounts: string[]; tiers: string[] }>`
    WITH RECURSIVE ${livingCompanies(portalId)},
    kept AS MATERIALIZED (
      SELECT w.day, (SELECT max(day) FROM tier_days WHERE portal_id = ${portalId} AND day <= w.day
        AND day >= to_char(w.day::date - 6, 'YYYY-MM-DD')) AS kept_day
      FROM unnest(${[...new Set(days)]}::text[]) AS w(day))
    SELECT k.day, p.accounts, p.tiers FROM kept k CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(m.id), '{}') AS accounts, coalesce(array_agg(m.tier), '{}') AS tiers FROM (
        SELECT coalesce(l.into_id, u.id) AS id, t.tier FROM tier_days t CROSS JOIN LATERAL unnest(t.accounts) AS u(id)
        LEFT JOIN living l ON l.id = u.id WHERE t.portal_id = ${portalId} AND t.day = k.kept_day) m
      WHERE m.id = ANY(${[...new Set(accountIds)]}::text[])) p
    WHERE k.kept_day IS NOT NULL`.execute(db);
  const byDay = new Map(
    rows.map(({ day, accounts, tiers }) => [day, new Map(accounts.map((id, index) => [id, tiers[index] ?? null]))]),
  );
  return {
    isKnown: (day) => byDay.has(day),
    tierOf: (accountId, day) => byDay.get(day)?.get(accountId) ?? null,
  };
}
