import type { HotRoute } from "@touchstone/shared/hot-api.ts";
import type { HotRule } from "@touchstone/shared/hot-rule.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/** Where an account stands to the hot rule, by one reading of the mirror. */
export interface HotStanding {
  readonly accountId: AccountId;
  readonly snapshotNo: number;
  readonly overLine: boolean;
  readonly behaviourAt: number | null;
  readonly behaviourKind: string | null;
  readonly readiness: number | null;
  /** Where the account goes if this raises an alert. */
  readonly route: HotRoute;
  /**
   * True when something else than the account moved: its first score, another model, or a property that a model reads and that came
   * in since. Where it stands is noted, and no alarm is raised: an installation would else send hundreds of tasks at once.
   */
  readonly quiet: boolean;
}

/**
 * Notes where accounts stand and raises an alert with its task: for those that crossed the line, at the crossing only and once in the
 * re-arm time (T05), and for those where somebody did something new. While a clock runs that waits for its answer: done after the
 * outreach or excuse, it raises its own, whatever the re-arm time; done before, it was answered with the rest. A clock that ran out
 * long ago does not keep the account from being noticed again. An older reading changes nothing. Returns how many alerts were raised.
 */
export async function recordHotStanding(
  trx: Transaction<Schema>,
  portalId: PortalId,
  given: readonly HotStanding[],
  rule: Pick<HotRule, "rearmDays" | "clockHours">,
  now: number,
): Promise<number> {
  const rows = await leaveOutUnmoved(trx, portalId, given);
  if (rows.length === 0) return 0;
  rows.sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const { rows: raised } = await sql<{ accountId: string }>`
    WITH given AS (
      SELECT * FROM unnest(${rows.map((r) => r.accountId)}::text[], ${rows.map((r) => r.snapshotNo)}::bigint[],
        ${rows.map((r) => r.overLine)}::boolean[], ${rows.map((r) => r.behaviourAt)}::bigint[],
        ${rows.map((r) => r.behaviourKind)}::text[], ${rows.map((r) => r.readiness)}::float8[], ${rows.map((r) => r.quiet)}::boolean[],
        ${rows.map((r) => r.route)}::text[])
        AS t(account_id, snapshot_no, over_line, behaviour_at, behaviour_kind, readiness, quiet, route)
    ), before AS (
      SELECT s.account_id, s.over_line, s.behaviour_at FROM hot_standing s
      WHERE s.portal_id = ${portalId} AND s.account_id = ANY(${rows.map((r) => r.accountId)}::text[])
      ORDER BY s.account_id FOR UPDATE
    ), last AS (
      SELECT DISTINCT ON (account_id) account_id, state = 'open' OR crossed_at > ${now - rule.rearmDays * 86_400_000}::bigint AS holds,
        greatest(outreach_at, excused_at) AS answered_at
      FROM hot_alerts WHERE portal_id = ${portalId} AND account_id = ANY(${rows.map((r) => r.accountId)}::text[])
      ORDER BY account_id, crossed_at DESC
    ), judged AS (
      SELECT g.*, g.over_line <> coalesce(b.over_line, false) AS turned,
        NOT g.quiet AND g.over_line AND NOT coalesce(b.over_line OR l.holds, false) AS crossed,
        NOT g.quiet AND did AND (NOT coalesce(l.holds, false) OR coalesce(l.answered_at < g.behaviour_at, false)) AS acted,
        did AND (g.quiet OR NOT coalesce(l.holds, false) OR l.answered_at IS NOT NULL) AS noted
      FROM given g LEFT JOIN before b USING (account_id) LEFT JOIN last l USING (account_id),
        LATERAL (SELECT coalesce(g.behaviour_at > coalesce(b.behaviour_at, 0), false) AS did) d
    ), moved AS (
      INSERT INTO hot_standing AS s (portal_id, account_id, snapshot_no, over_line, behaviour_at)
      SELECT ${portalId}::bigint, account_id, snapshot_no, over_line, CASE WHEN noted THEN behaviour_at END
      FROM judged WHERE turned OR noted ORDER BY account_id
      ON CONFLICT (portal_id, account_id) DO UPDATE
      SET snapshot_no = excluded.snapshot_no, over_line = excluded.over_line,
        behaviour_at = greatest(s.behaviour_at, excluded.behaviour_at)
      WHERE s.snapshot_no < excluded.snapshot_no
      RETURNING s.account_id
    ), raised AS (
    INSERT INTO hot_alerts (portal_id, account_id, crossed_at, due_at, trigger, readiness, route)
    SELECT ${portalId}::bigint, j.account_id, ${now}::bigint, ${now + rule.clockHours * 3_600_000}::bigint,
      CASE WHEN acted THEN j.behaviour_kind ELSE 'readiness' END, j.readiness, j.route
    FROM judged j JOIN moved USING (account_id) WHERE j.crossed OR j.acted
    ON CONFLICT DO NOTHING
    RETURNING portal_id, account_id, crossed_at
    )
    INSERT INTO tasks (portal_id, marker, kind, account_id, crossed_at, from_at)
    SELECT portal_id, 'TS-' || account_id || '-' || crossed_at, 'hot', account_id, crossed_at, crossed_at FROM raised
    ON CONFLICT DO NOTHING RETURNING account_id AS "accountId"`.execute(trx);
  return raised.length;
}

/**
 * Those that do not stand where they stood: few, and the statement for them is dear. Nobody else moves an account whose score
 * this transaction has saved.
 */
async function leaveOutUnmoved(
  trx: Transaction<Schema>,
  portalId: PortalId,
  given: readonly HotStanding[],
): Promise<HotStanding[]> {
  if (given.length === 0) return [];
  const { rows } = await sql<{ accountId: string; overLine: boolean; behaviourAt: number | null }>`
    SELECT account_id AS "accountId", over_line AS "overLine", behaviour_at AS "behaviourAt" FROM hot_standing
    WHERE portal_id = ${portalId} AND account_id = ANY(${given.map(({ accountId }) => accountId)}::text[])`.execute(
    trx,
  );
  const before = new Map(rows.map((row) => [row.accountId, row]));
  return given.filter(({ accountId, overLine, behaviourAt }) => {
    const known = before.get(accountId);
    return overLine !== (known?.overLine ?? false) || (behaviourAt ?? 0) > (known?.behaviourAt ?? 0);
  });
}

/** Whether the portal has a clock that runs. */
export async function hasRunningAlerts(trx: Transaction<Schema>, portalId: PortalId): Promise<boolean> {
  const { rows } = await sql<{ running: boolean }>`
    SELECT EXISTS (SELECT FROM hot_alerts WHERE portal_id = ${portalId} AND state IN ('open', 'missed')) AS running`.execute(
    trx,
  );
  return rows[0]?.running ?? false;
}
