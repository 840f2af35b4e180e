import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * HubSpot's limits per portal and kind of request (hubspot-api.md §4.1: 110 in 10 s, 5 in 1 s), with a little air for clocks
 * and latency. `upTo`: a class is granted while all grants of the window stay within this, so that lower classes leave
 * room for higher ones. `floor`: what the others leave to a class even when they could use it, so that none starves.
 */
const limits = {
  general: {
    windowMs: 10_200,
    upTo: { card: 108, webhook: 106, due: 99, reconcile: 98, backfill: 97 },
    floor: { card: 0, webhook: 0, due: 1, reconcile: 1, backfill: 2 },
  },
  search: {
    windowMs: 1_100,
    upTo: { card: 4, webhook: 4, due: 3, reconcile: 3, backfill: 3 },
    floor: { card: 0, webhook: 0, due: 0, reconcile: 0, backfill: 1 },
  },
} as const;
export type BudgetKind = keyof typeof limits;

/** Who waits for a request, the most urgent first. */
export const classes = ["card", "webhook", "due", "reconcile", "backfill"] as const;
export type RequestClass = (typeof classes)[number];

/** A grant is one number: its time in milliseconds times 8, plus the place of its class. */
const codeOf = (requestClass: RequestClass): number => classes.indexOf(requestClass);

/** More at once than one turn ever needs would not fit beside the reserves. */
const mostAtOnce = 10;

/**
 * Takes `n` requests from the portal's budget, all or none, which all processes share: a sliding log of grants in one row, on
 * the database's clock. Fixed windows earn 7–11 % refusals (performance.md §5). Returns 0 when granted, else milliseconds
 * after which it is worth asking again.
 */
export async function takeRequests(
  db: Database,
  portalId: PortalId,
  kind: BudgetKind,
  n: number,
  requestClass: RequestClass,
): Promise<number> {
  if (!Number.isInteger(n) || n < 1 || n > mostAtOnce) throw new RangeError(`1 to ${mostAtOnce} requests at once`);
  const { windowMs, upTo, floor } = limits[kind];
  const [own, cap] = [codeOf(requestClass), upTo.card];
  const lower = classes.slice(own + 1).filter((one) => floor[one] > 0);
  // What lower classes have not had of their floor is not there for others.
  const kept = sql.join(
    [
      sql`0`,
      ...lower.map((one) => sql`greatest(0, ${floor[one]}::int - count(*) FILTER (WHERE g & 7 = ${codeOf(one)}))`),
    ],
    sql` + `,
  );
  const ownCount = sql`count(*) FILTER (WHERE g & 7 = ${own})`;
  const recent = (now: ReturnType<typeof sql>) => sql`unnest(b.grants) g WHERE g >> 3 > ${now} - ${windowMs}::bigint`;
  const then = sql`(excluded.grants[1] >> 3)`;
  // Read again in SET, when the row is ours: whoever stood in line for it is granted later than they asked.
  const clock = sql`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;
  const { rows } = await sql<{ wait: number }>`
    WITH clock AS MATERIALIZED (SELECT ${clock} AS now),
    granted AS (
      INSERT INTO request_budgets AS b (portal_id, kind, grants)
      SELECT ${portalId}::bigint, ${kind}, array_fill(now * 8 + ${own}::bigint, ARRAY[${n}::int]) FROM clock
      ON CONFLICT (portal_id, kind) DO UPDATE
      SET grants = (SELECT coalesce(array_agg(g ORDER BY g), '{}') FROM ${recent(then)}) || array_fill(${clock} * 8 + ${own}::bigint, ARRAY[${n}::int])
      WHERE b.paused_until <= ${then} AND (
        SELECT (${ownCount} + ${n}::int <= ${floor[requestClass]}::int AND count(*) + ${n}::int <= ${cap}::int)
          OR count(*) + (${kept}) + ${n}::int <= ${upTo[requestClass]}::int FROM ${recent(then)})
      RETURNING 1
    )
    SELECT CASE WHEN EXISTS (SELECT FROM granted) THEN 0 ELSE greatest(20, coalesce((
      SELECT greatest(b.paused_until, least(
        (SELECT (g >> 3) + ${windowMs}::bigint FROM ${recent(sql`c.now`)} ORDER BY g LIMIT 1 OFFSET greatest(0,
          (SELECT count(*) + (${kept}) + ${n}::int - ${upTo[requestClass]}::int - 1 FROM ${recent(sql`c.now`)}))),
        (SELECT (g >> 3) + ${windowMs}::bigint FROM ${recent(sql`c.now`)} AND g & 7 = ${own} AND ${n}::int <= ${floor[requestClass]}::int
          ORDER BY g LIMIT 1 OFFSET greatest(0,
          (SELECT ${ownCount} + ${n}::int - ${floor[requestClass]}::int - 1 FROM ${recent(sql`c.now`)})))
      )) - c.now FROM request_budgets b, clock c WHERE b.portal_id = ${portalId} AND b.kind = ${kind}), 20)) END::int AS wait`.execute(
    db,
  );
  return rows[0]?.wait ?? 20;
}

export interface BudgetUse {
  /** Of the window's requests, how many live work (cards, webhooks) could still have at once. */
  readonly free: number;
  /** How many of the window's requests live work has had. */
  readonly live: number;
  readonly limit: number;
  /** How long HubSpot still wants nothing from us; 0 when requests may be sent. */
  readonly pausedMs: number;
}

/** How a portal's general budget stands. Without a row nothing was asked yet. */
export async function readBudgetUse(db: Database, portalId: PortalId): Promise<BudgetUse> {
  const { windowMs, upTo } = limits.general;
  const { rows } = await sql<{ used: number; live: number; pausedMs: number }>`
    WITH clock AS MATERIALIZED (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now)
    SELECT (count(g))::int AS used, (count(g) FILTER (WHERE g & 7 <= ${codeOf("webhook")}))::int AS live,
      greatest(0, max(b.paused_until - c.now))::float8 AS "pausedMs"
    FROM clock c JOIN request_budgets b ON b.portal_id = ${portalId} AND b.kind = 'general'
    LEFT JOIN LATERAL unnest(b.grants) g ON g >> 3 > c.now - ${windowMs}::bigint`.execute(db);
  const { used = 0, live = 0, pausedMs } = rows[0] ?? {};
  return { free: Math.max(0, upTo.webhook - used), live, limit: upTo.webhook, pausedMs: pausedMs ?? 0 };
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
    SET pause_reason = CASE WHEN excluded.paused_until > b.paused_until THEN excluded.pause_reason ELSE b.pause_reason END,
      paused_until = greatest(b.paused_until, excluded.paused_until)`.execute(db);
}

/** What HubSpot said before holds no more; a limit that is still reached is simply said again. */
export async function resumeRequests(db: Database, portalId: PortalId): Promise<void> {
  await sql`UPDATE request_budgets SET paused_until = 0, pause_reason = NULL WHERE portal_id = ${portalId}`.execute(db);
}

/** What a request under way took, or had paused, for a portal that was removed meanwhile. */
export async function forgetStrayBudgets(db: Database): Promise<void> {
  await sql`
    DELETE FROM request_budgets b WHERE NOT EXISTS (SELECT FROM portals p WHERE p.portal_id = b.portal_id)`.execute(db);
}
