import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { isExcusedInTime } from "./hot-alerts.ts";

/** Two weeks next to each other, in milliseconds: this one from `from` to `now`, the one before from `before` to `from`. */
export interface Weeks {
  readonly before: number;
  readonly from: number;
  readonly now: number;
}

export interface EngagedAccount {
  readonly accountId: string;
  /** People who did something this week, and in the week before. */
  readonly people: number;
  readonly peopleBefore: number;
}

/** Signals of an account's people in both weeks that count as engagement; those of muted sources are left out. */
const signalsOf = (
  portalId: PortalId,
  accountId: ReturnType<typeof sql.ref>,
  { before, now }: Weeks,
  kinds: readonly string[],
) => sql`
  signals s WHERE s.portal_id = ${portalId} AND s.at >= ${before}::bigint AND s.at <= ${now}::bigint AND NOT (s.kind = ANY(${[...kinds]}::text[]))
    AND s.person_id = ANY(ARRAY(SELECT from_id FROM crm_links
      WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = ${accountId} AND from_type = 'contacts'))
    AND s.source NOT IN (SELECT source FROM muted_sources WHERE portal_id = ${portalId})`;

export interface WeekEngaged {
  readonly accounts: EngagedAccount[];
  /** Accounts of the programme that were looked at, and all of them. */
  readonly looked: number;
  readonly total: number;
}

/**
 * Accounts of the programme of which somebody engaged in either week. Looks at no more than `most` accounts: first those in a tier,
 * then those in a play that runs, then the rest of the list. Two halves are asked beside each other, as one takes too long alone.
 */
export async function readWeekEngaged(
  db: Database,
  portalId: PortalId,
  weeks: Weeks,
  kinds: readonly string[],
  most: number,
): Promise<WeekEngaged> {
  const halves = await Promise.all([0, 1].map((half) => readHalf(db, portalId, weeks, kinds, { most, half })));
  const [{ looked, total } = { looked: 0, total: 0 }] = halves;
  return { accounts: halves.flatMap(({ accounts }) => accounts), looked, total };
}

async function readHalf(
  db: Database,
  portalId: PortalId,
  weeks: Weeks,
  kinds: readonly string[],
  { most, half }: { most: number; half: number },
): Promise<WeekEngaged> {
  const { rows } = await sql<WeekEngaged>`
    WITH programme AS MATERIALIZED (
      SELECT account_id, min(place) AS place FROM (
        SELECT account_id, 1 AS place FROM tier_members WHERE portal_id = ${portalId} AND tier NOT IN ('out', 'excluded')
        UNION ALL SELECT a.account_id, 2 FROM plays y JOIN play_accounts a ON a.portal_id = y.portal_id AND a.play_id = y.play_id
          WHERE y.portal_id = ${portalId} AND y.status = 'running' AND a.status <> 'left'
        UNION ALL SELECT account_id, 3 FROM target_accounts WHERE portal_id = ${portalId} AND verdict IS DISTINCT FROM 'reject'
      ) places GROUP BY account_id),
    looked AS MATERIALIZED (
      SELECT account_id, row_number() OVER (ORDER BY place, account_id) AS n FROM programme ORDER BY n LIMIT ${most})
    SELECT (SELECT count(*) FROM looked)::int AS looked, (SELECT count(*) FROM programme)::int AS total, coalesce((
      SELECT jsonb_agg(jsonb_build_object('accountId', p.account_id, 'people', e.people, 'peopleBefore', e.before))
      FROM looked p CROSS JOIN LATERAL (
        SELECT count(DISTINCT s.person_id) FILTER (WHERE s.at >= ${weeks.from}::bigint) AS people,
          count(DISTINCT s.person_id) FILTER (WHERE s.at < ${weeks.from}::bigint) AS before
        FROM ${signalsOf(portalId, sql.ref("p.account_id"), weeks, kinds)}) e
      WHERE p.n % 2 = ${half} AND (e.people > 0 OR e.before > 0)), '[]') AS accounts`.execute(db);
  return rows[0] ?? { accounts: [], looked: 0, total: 0 };
}

/** The scores that accounts had at a moment; null: none yet. */
export async function readScoresAt(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  at: number,
): Promise<Map<string, number | null>> {
  const { rows } = await sql<{ accountId: string; score: number | null }>`
    SELECT c.account_id AS "accountId", CASE WHEN h.ended_at IS NOT NULL THEN CASE WHEN coalesce(h.moved_at, h.scored_at) <= ${at}::bigint THEN h.score END
      WHEN c.moved_at <= ${at}::bigint THEN c.score END AS score
    FROM account_scores c LEFT JOIN LATERAL (
      SELECT ended_at, moved_at, scored_at, score FROM score_history
      WHERE portal_id = c.portal_id AND account_id = c.account_id AND ended_at > ${at}::bigint
      ORDER BY ended_at LIMIT 1) h ON true
    WHERE c.portal_id = ${portalId} AND c.account_id = ANY(${[...accountIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.accountId, row.score]));
}

/** The tier that an account was in at the start of this week, for those whose tier changed since. */
export async function readTierChanges(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  from: number,
): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ accountId: string; tier: string | null }>`
    SELECT DISTINCT ON (account_id) account_id AS "accountId", tier_from AS tier FROM tier_moves
    WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[]) AND moved_at >= ${from}::bigint
      AND tier_from IS DISTINCT FROM tier_to
    ORDER BY account_id, moved_at, move_no`.execute(db);
  return new Map(rows.map((row) => [row.accountId, row.tier]));
}

export interface PlayWeek {
  readonly playId: string;
  /** Enrolled accounts of which somebody engaged after coming in, this week and the week before. */
  readonly engaged: number;
  readonly engagedBefore: number;
  readonly touches: number;
  readonly touchesBefore: number;
}

export async function readPlayWeeks(
  db: Database,
  portalId: PortalId,
  playIds: readonly string[],
  weeks: Weeks,
  kinds: readonly string[],
): Promise<Map<string, PlayWeek>> {
  const { before, from } = weeks;
  const { rows } = await sql<PlayWeek>`
    SELECT i.id AS "playId", e.engaged, e."engagedBefore", t.touches, t."touchesBefore"
    FROM unnest(${[...playIds]}::uuid[]) AS i(id)
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE e.now))::int AS engaged, (count(*) FILTER (WHERE e.before))::int AS "engagedBefore"
      FROM play_accounts a CROSS JOIN LATERAL (
        SELECT bool_or(s.at >= ${from}::bigint) AS now, bool_or(s.at < ${from}::bigint) AS before
        FROM ${signalsOf(portalId, sql.ref("a.account_id"), weeks, kinds)} AND s.at >= a.enrolled_at) e
      WHERE a.portal_id = ${portalId} AND a.play_id = i.id) e
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE t.done_at >= ${from}::bigint))::int AS touches,
        (count(*) FILTER (WHERE t.done_at >= ${before}::bigint AND t.done_at < ${from}::bigint))::int AS "touchesBefore"
      FROM play_touches t WHERE t.portal_id = ${portalId} AND t.play_id = i.id AND t.status = 'done') t`.execute(db);
  return new Map(rows.map((row) => [row.playId, row]));
}

export interface FollowUp {
  readonly met: number;
  readonly due: number;
  readonly metBefore: number;
  readonly dueBefore: number;
}

/** Clocks whose time ended in either week, and those of them that a person answered in time (metric 11). */
export async function countFollowUp(db: Database, portalId: PortalId, { before, from, now }: Weeks): Promise<FollowUp> {
  const inTime = sql`outreach_at <= due_at`;
  const { rows } = await sql<FollowUp>`
    SELECT (count(*) FILTER (WHERE due_at >= ${from}::bigint))::int AS due,
      (count(*) FILTER (WHERE due_at >= ${from}::bigint AND ${inTime}))::int AS met,
      (count(*) FILTER (WHERE due_at < ${from}::bigint))::int AS "dueBefore",
      (count(*) FILTER (WHERE due_at < ${from}::bigint AND ${inTime}))::int AS "metBefore"
    FROM hot_alerts WHERE portal_id = ${portalId} AND due_at >= ${before}::bigint AND due_at < ${now}::bigint
      AND NOT ${isExcusedInTime}
      AND crossed_at >= ${before - 31 * 86_400_000}::bigint`.execute(db);
  return rows[0] ?? { met: 0, due: 0, metBefore: 0, dueBefore: 0 };
}
