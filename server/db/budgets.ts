import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** HubSpot's limits per portal and kind of request (hubspot-api.md §4.1), with a little air for clocks and latency. */
const limits = {
  general: { requests: 105, windowMs: 10_300 },
  search: { requests: 4, windowMs: 1_100 },
} as const;
export type BudgetKind = keyof typeof limits;

/** Requests of the window that only live work (cards, webhooks) may use, so that it never waits behind a backfill. */
const liveReserve = { general: 15, search: 1 } as const;

/**
 * Takes one request from the portal's budget, which all processes share: a sliding log of grant times in one row, on the
 * database's clock. Fixed windows earn 7–11 % refusals (performance.md §5). Returns 0 when granted, else milliseconds to wait.
 */
export async function takeRequest(db: Database, portalId: PortalId, kind: BudgetKind, live: boolean): Promise<number> {
  const { requests, windowMs } = limits[kind];
  const allowed = live ? requests : requests - liveReserve[kind];
  const { rows } = await sql<{ wait: number }>`
    WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now),
    granted AS (
      INSERT INTO request_budgets AS b (portal_id, kind, grants)
      SELECT ${portalId}::bigint, ${kind}, ARRAY[now] FROM clock
      ON CONFLICT (portal_id, kind) DO UPDATE
      SET grants = (SELECT coalesce(array_agg(g ORDER BY g), '{}') FROM unnest(b.grants) g WHERE g > excluded.grants[1] - ${windowMs}::bigint)
        || excluded.grants
      WHERE b.paused_until <= excluded.grants[1]
        AND (SELECT count(*) FROM unnest(b.grants) g WHERE g > excluded.grants[1] - ${windowMs}::bigint) < ${allowed}
      RETURNING 1
    )
    SELECT CASE WHEN EXISTS (SELECT FROM granted) THEN 0 ELSE (
      SELECT greatest(50, coalesce(max(greatest(b.paused_until, coalesce(
        (SELECT g FROM unnest(b.grants) g WHERE g > c.now - ${windowMs}::bigint ORDER BY g DESC OFFSET ${allowed - 1} LIMIT 1) + ${windowMs}::bigint,
        0))) - max(c.now), 50))
      FROM request_budgets b, clock c WHERE b.portal_id = ${portalId} AND b.kind = ${kind}
    ) END::int AS wait`.execute(db);
  return rows[0]?.wait ?? 50;
}

/** HubSpot said no: nothing of this kind is sent for the portal until the pause is over, by any process. */
export async function pauseRequests(
  db: Database,
  portalId: PortalId,
  kind: BudgetKind,
  pauseMs: number,
  reason: string,
): Promise<void> {
  await sql`
    INSERT INTO request_budgets AS b (portal_id, kind, paused_until, pause_reason)
    VALUES (${portalId}, ${kind}, (extract(epoch FROM clock_timestamp()) * 1000)::bigint + ${Math.ceil(pauseMs)}::bigint, ${reason})
    ON CONFLICT (portal_id, kind) DO UPDATE
    SET paused_until = greatest(b.paused_until, excluded.paused_until), pause_reason = excluded.pause_reason`.execute(
    db,
  );
}

/** What HubSpot said before holds no more; a limit that is still reached is simply said again. */
export async function resumeRequests(db: Database, portalId: PortalId): Promise<void> {
  await sql`UPDATE request_budgets SET paused_until = 0, pause_reason = NULL WHERE portal_id = ${portalId}`.execute(db);
}
