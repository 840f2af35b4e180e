import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RawBuilder, sql } from "kysely";

/** The calendar day of a column of milliseconds, on the portal's clock. */
export const dayOfMs = (at: RawBuilder<unknown>, timeZone: string) =>
  sql`to_char(to_timestamp(${at} / 1000.0) AT TIME ZONE ${timeZone}, 'YYYY-MM-DD')`;

/**
 * For a query that has `asked` (account_id, day) and `living` (`livingCompanies`): the days asked for with the snapshot that tells of
 * them (`snapshots`: day, kept_day; the newest of the week up to it, or null), and the tier of each of these accounts in it (`places`).
 * Each snapshot is opened once, however many ask for it.
 */
export const tiersOnDays = (portalId: PortalId) => sql`
  snapshots AS MATERIALIZED (
    SELECT w.day, (SELECT max(day) FROM tier_days WHERE portal_id = ${portalId} AND day <= w.day
      AND day >= to_char(w.day::date - 6, 'YYYY-MM-DD')) AS kept_day
    FROM (SELECT DISTINCT day FROM asked) w),
  places AS MATERIALIZED (
    SELECT m.kept_day, m.account_id, min(m.tier) AS tier FROM (
      SELECT t.day AS kept_day, t.tier, coalesce(l.into_id, u.id) AS account_id
      FROM (SELECT DISTINCT kept_day FROM snapshots) k
      JOIN tier_days t ON t.portal_id = ${portalId} AND t.day = k.kept_day
      CROSS JOIN LATERAL unnest(t.accounts) AS u(id) LEFT JOIN living l ON l.id = u.id) m
    WHERE m.account_id IN (SELECT account_id FROM asked) GROUP BY 1, 2)`;
