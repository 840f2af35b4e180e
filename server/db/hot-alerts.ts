import type { ExcuseCode, HotRoute, HotState } from "@touchstone/shared/hot-api.ts";
import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface HotAlert {
  readonly accountId: AccountId;
  readonly crossedAt: number;
  readonly dueAt: number;
  readonly state: HotState;
  /** "readiness", or the kind of signal that made the account hot. */
  readonly trigger: string;
  readonly readiness: number | null;
  readonly route: HotRoute;
  readonly outreachAt: number | null;
  readonly outreachKind: string | null;
  readonly excuse: ExcuseCode | null;
  readonly excuseNote: string | null;
  /** Null: HubSpot was never asked for it. */
  readonly taskState: "wanted" | "sent" | "made" | "refused" | null;
}

const columns = sql`account_id AS "accountId", crossed_at AS "crossedAt", due_at AS "dueAt", state, trigger, readiness, route,
  outreach_at AS "outreachAt", outreach_kind AS "outreachKind", excuse, excuse_note AS "excuseNote",
  (SELECT t.state FROM tasks t WHERE t.portal_id = hot_alerts.portal_id AND t.kind = 'hot' AND t.account_id = hot_alerts.account_id
    AND t.crossed_at = hot_alerts.crossed_at) AS "taskState"`;

const toAlert = (row: Omit<HotAlert, "accountId"> & { accountId: string }): HotAlert => ({
  ...row,
  accountId: asAccountId(row.accountId),
});
type Row = Parameters<typeof toAlert>[0];

/** Of a row of `hot_alerts`: the last one of its account. */
export const isLast = sql`NOT EXISTS (SELECT FROM hot_alerts later WHERE later.portal_id = hot_alerts.portal_id
  AND later.account_id = hot_alerts.account_id AND later.crossed_at > hot_alerts.crossed_at)`;

/**
 * Of a row of `hot_alerts`: it leaves the rate of those reached in time (metric 11). One whose time was over when it was excused stays
 * in it, as nobody had reached out. When somebody excused it was not always kept: then in time.
 */
export const isExcusedInTime = sql`(state = 'excused' AND coalesce(excused_at <= due_at, true))`;

/**
 * Alerts whose clock runs, the one with the least time first; then those that ran out without an answer, the newest first. Of each
 * account the last one.
 */
export async function readRunningAlerts(db: Database, portalId: PortalId, limit: number): Promise<HotAlert[]> {
  const { rows } = await sql<Row>`
    SELECT ${columns} FROM hot_alerts WHERE portal_id = ${portalId} AND state IN ('open', 'missed')
      AND ${isLast}
    ORDER BY CASE WHEN state = 'open' THEN due_at END, crossed_at DESC, account_id LIMIT ${limit}`.execute(db);
  return rows.map(toAlert);
}

/** All alerts that wait for outreach, in time or late; by account, after one of them. */
export async function readRunningAlertsAfter(
  db: Database,
  portalId: PortalId,
  after: Pick<HotAlert, "accountId" | "crossedAt"> | null,
  limit: number,
): Promise<HotAlert[]> {
  const { rows } = await sql<Row>`
    SELECT ${columns} FROM hot_alerts WHERE portal_id = ${portalId} AND state IN ('open', 'missed')
      AND (account_id, crossed_at) > (${after?.accountId ?? ""}, ${after?.crossedAt ?? 0}::bigint)
    ORDER BY account_id, crossed_at LIMIT ${limit}`.execute(db);
  return rows.map(toAlert);
}

/** Alerts since a moment, those that still run first, then the newest. */
export async function readRecentAlerts(
  db: Database,
  portalId: PortalId,
  since: number,
  limit: number,
): Promise<HotAlert[]> {
  const { rows } = await sql<Row>`
    SELECT ${columns} FROM hot_alerts
    WHERE portal_id = ${portalId} AND (crossed_at > ${since}::bigint OR state IN ('open', 'missed'))
    ORDER BY (state IN ('open', 'missed')) DESC, CASE WHEN state = 'open' THEN due_at END, crossed_at DESC, account_id
    LIMIT ${limit}`.execute(db);
  return rows.map(toAlert);
}

export async function countAlerts(db: Database, portalId: PortalId, since: number): Promise<Map<HotState, number>> {
  const { rows } = await sql<{ state: HotState; n: number }>`
    SELECT state, count(*)::int AS n FROM hot_alerts WHERE portal_id = ${portalId} AND crossed_at > ${since}::bigint
    GROUP BY state`.execute(db);
  return new Map(rows.map(({ state, n }) => [state, n]));
}

export async function readLatestAlert(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
): Promise<HotAlert | null> {
  const { rows } = await sql<Row>`
    SELECT ${columns} FROM hot_alerts WHERE portal_id = ${portalId} AND account_id = ${accountId}
    ORDER BY crossed_at DESC LIMIT 1`.execute(db);
  return rows[0] ? toAlert(rows[0]) : null;
}

/** The alerts of the given keys. */
export async function readAlerts(
  db: Database,
  portalId: PortalId,
  keys: readonly { readonly accountId: string; readonly crossedAt: number }[],
): Promise<HotAlert[]> {
  const { rows } = await sql<Row>`
    SELECT ${columns} FROM hot_alerts JOIN unnest(${keys.map((key) => key.accountId)}::text[], ${keys.map((key) => key.crossedAt)}::bigint[])
      AS k(account_id, crossed_at) USING (account_id, crossed_at)
    WHERE portal_id = ${portalId}`.execute(db);
  return rows.map(toAlert);
}

export interface Answered {
  readonly accountId: AccountId;
  readonly crossedAt: number;
  readonly at: number;
  readonly kind: string;
}

/** A person reached out: in time or late (T24). An alert that was closed meanwhile stays as it is. Returns the accounts that are answered now. */
export async function answerAlerts(db: Database, portalId: PortalId, answers: readonly Answered[]): Promise<string[]> {
  if (answers.length === 0) return [];
  const { rows } = await sql<{ accountId: string }>`
    UPDATE hot_alerts a SET state = CASE WHEN t.at <= a.due_at THEN 'met' ELSE 'late' END, outreach_at = t.at, outreach_kind = t.kind
    FROM unnest(${answers.map((one) => one.accountId)}::text[], ${answers.map((one) => one.crossedAt)}::bigint[],
      ${answers.map((one) => one.at)}::bigint[], ${answers.map((one) => one.kind)}::text[]) AS t(account_id, crossed_at, at, kind)
    WHERE a.portal_id = ${portalId} AND a.account_id = t.account_id AND a.crossed_at = t.crossed_at
      AND a.state IN ('open', 'missed') RETURNING a.account_id AS "accountId"`.execute(db);
  return [...new Set(rows.map((row) => row.accountId))];
}

/** The time is over and nobody has reached out. */
export async function missAlerts(db: Database, portalId: PortalId, now: number): Promise<void> {
  await sql`
    UPDATE hot_alerts SET state = 'missed' WHERE portal_id = ${portalId} AND state = 'open' AND due_at < ${now}::bigint`.execute(
    db,
  );
}

/** Somebody says why nobody needs to reach out. False when no clock runs. Route null: as it is. */
export async function excuseAlerts(
  db: Database,
  portalId: PortalId,
  accountIds: readonly AccountId[],
  excuse: {
    readonly code: ExcuseCode;
    readonly note: string | null;
    readonly by: string;
    readonly at: number;
    readonly route: HotRoute | null;
  },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE hot_alerts SET state = 'excused', excuse = ${excuse.code}, excuse_note = ${excuse.note}, excused_by = ${excuse.by},
      excused_at = ${excuse.at}::bigint, route = coalesce(${excuse.route}, route)
    WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[]) AND state IN ('open', 'missed') RETURNING 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** Nobody reaches out to these any more: their clocks end, each with the reason. */
export async function endForExcluded(
  db: Database,
  portalId: PortalId,
  excluded: readonly { readonly accountId: string; readonly why: string }[],
  at: number,
): Promise<void> {
  if (excluded.length === 0) return;
  await sql`
    UPDATE hot_alerts a SET state = 'excused', excuse = 'other', excuse_note = t.why, excused_by = 'touchstone', excused_at = ${at}::bigint
    FROM unnest(${excluded.map((one) => one.accountId)}::text[], ${excluded.map((one) => one.why)}::text[]) AS t(account_id, why)
    WHERE a.portal_id = ${portalId} AND a.account_id = t.account_id AND a.state IN ('open', 'missed')`.execute(db);
}

/** Portals in which a clock runs. */
export async function listHotPortals(db: Database): Promise<PortalId[]> {
  const { rows } = await sql<{ portalId: PortalId }>`
    SELECT p.portal_id AS "portalId" FROM portals p WHERE p.status IN ('backfilling', 'ready') AND EXISTS (
      SELECT FROM hot_alerts a WHERE a.portal_id = p.portal_id AND a.state IN ('open', 'missed'))`.execute(db);
  return rows.map((row) => row.portalId);
}
