import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * Writes of a portal that HubSpot may refuse in a day before no more are spent on finding the records at fault. HubSpot wants 95 %
 * of an app's requests to succeed (hubspot-project.md §6.1), over all portals together.
 */
export const mostADay = 200;

const isOver = sql`since < clock_timestamp() - interval '1 day'`;

/** How many of the day's refused writes a portal still has. */
export async function countRefusalsLeft(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT greatest(0, ${mostADay}::int - refused) AS n FROM refused_requests
    WHERE portal_id = ${portalId} AND NOT ${isOver}`.execute(db);
  return rows[0]?.n ?? mostADay;
}

/** The day begins with its first refusal. */
export async function noteRefusals(db: Database, portalId: PortalId, refused: number): Promise<void> {
  if (refused === 0) return;
  await sql`
    INSERT INTO refused_requests AS r (portal_id, since, refused)
    SELECT portal_id, clock_timestamp(), ${refused}::int FROM portals
    WHERE portal_id = ${portalId} AND status <> 'disconnected' FOR KEY SHARE
    ON CONFLICT (portal_id) DO UPDATE
    SET since = CASE WHEN r.${isOver} THEN excluded.since ELSE r.since END,
      refused = CASE WHEN r.${isOver} THEN 0 ELSE r.refused END + excluded.refused`.execute(db);
}

/** Of a portal: whether it may risk no more today. */
export const isSpent = (portalId: ReturnType<typeof sql.ref>) => sql<boolean>`EXISTS (
  SELECT FROM refused_requests r WHERE r.portal_id = ${portalId} AND r.refused >= ${mostADay}::int AND NOT r.${isOver})`;
