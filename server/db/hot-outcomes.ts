import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { dealTime } from "./deal-columns.ts";

/** How many accounts became hot in a span, and of how many a deal was made so soon after. An account counts by each of its alerts. */
export async function countHotOutcomes(
  db: Database,
  portalId: PortalId,
  { from, to, withinMs, most }: { from: number; to: number; withinMs: number; most: number },
): Promise<{ hot: number; opened: number }> {
  const { rows } = await sql<{ hot: number; opened: number }>`
    SELECT count(*)::int AS hot, (count(*) FILTER (WHERE EXISTS (
      SELECT FROM crm_links l CROSS JOIN LATERAL (
        SELECT ${dealTime("createdate")} AS made_at FROM crm_records
        WHERE portal_id = ${portalId} AND object_type = 'deals' AND object_id = l.from_id AND NOT archived OFFSET 0) d
      WHERE l.portal_id = ${portalId} AND l.to_type = 'companies' AND l.to_id = a.account_id AND l.from_type = 'deals'
        AND d.made_at > a.crossed_at AND d.made_at <= a.crossed_at + ${withinMs}::bigint)))::int AS opened
    FROM (SELECT account_id, crossed_at FROM hot_alerts
      WHERE portal_id = ${portalId} AND crossed_at >= ${from}::bigint AND crossed_at < ${to}::bigint
      ORDER BY crossed_at DESC LIMIT ${most}) a`.execute(db);
  return rows[0] ?? { hot: 0, opened: 0 };
}

/** Of accounts and moments, in the order asked, whether the account had become hot before. */
export async function readHotBefore(
  db: Database,
  portalId: PortalId,
  asked: readonly { readonly accountId: string; readonly at: number }[],
): Promise<boolean[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<{ hot: boolean }>`
    SELECT EXISTS (SELECT FROM hot_alerts a
      WHERE a.portal_id = ${portalId} AND a.account_id = q.id AND a.crossed_at < q.at) AS hot
    FROM unnest(${asked.map((one) => one.accountId)}::text[], ${asked.map((one) => one.at)}::bigint[])
      WITH ORDINALITY AS q(id, at, place) ORDER BY q.place`.execute(db);
  return rows.map(({ hot }) => hot);
}
