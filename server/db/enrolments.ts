import type { PortalId } from "@touchstone/shared/ids.ts";
import type { EnrolmentStatus } from "@touchstone/shared/plays-api.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { dealStateSql } from "./deal-columns.ts";
import type { Schema } from "./schema.ts";

/** Plays whose accounts are handed over, or leave, by a rule. */
const hasRules = sql`(jsonb_typeof(p.document #> '{handoff,when}') = 'object' OR p.document #>> '{exit,deal}' IS NOT NULL
  OR p.document #>> '{exit,afterDays}' IS NOT NULL)`;
const waits = (before: number) =>
  sql`p.status = 'running' AND ${hasRules} AND a.status = 'active' AND a.judged_at <= ${before}::bigint`;

/** Portals with accounts in plays that were last judged before then. */
export async function listPlayPortals(db: Database, before: number): Promise<PortalId[]> {
  const { rows } = await sql<{ portalId: PortalId }>`
    SELECT o.portal_id AS "portalId" FROM portals o WHERE o.status IN ('backfilling', 'ready') AND EXISTS (
      SELECT FROM plays p JOIN play_accounts a USING (portal_id, play_id) WHERE p.portal_id = o.portal_id AND ${waits(before)})`.execute(
    db,
  );
  return rows.map((row) => row.portalId);
}

/** An account in a play, with what its rules are judged by. */
export interface EnrolmentFacts {
  readonly playId: string;
  readonly accountId: string;
  /** When the play began for it. */
  readonly startAt: number;
  readonly isHandedOver: boolean;
  /** People who engaged since, and whether the account crossed the hot rule since. */
  readonly people: number;
  readonly isHot: boolean;
  readonly hasOpenDeal: boolean;
  readonly hasWonDeal: boolean;
}

/** Takes accounts whose turn it is, the longest unjudged first, and notes that they were. `idle` are kinds that engage nobody. */
export async function claimEnrolments(
  db: Database,
  portalId: PortalId,
  at: { readonly now: number; readonly before: number; readonly limit: number },
  idle: readonly string[],
): Promise<EnrolmentFacts[]> {
  const hasDeal = (state: "open" | "won") => sql`EXISTS (
    SELECT FROM crm_links l JOIN crm_records d ON d.portal_id = l.portal_id AND d.object_type = 'deals' AND d.object_id = l.from_id
    WHERE l.portal_id = a.portal_id AND l.to_type = 'companies' AND l.to_id = a.account_id AND l.from_type = 'deals'
      AND NOT d.archived AND ${dealStateSql(sql`d.properties`)} = ${state})`;
  const { rows } = await sql<EnrolmentFacts>`
    WITH picked AS (
      SELECT a.play_id, a.account_id, greatest(p.launched_at, a.enrolled_at) AS start_at
      FROM plays p JOIN play_accounts a USING (portal_id, play_id) WHERE p.portal_id = ${portalId} AND ${waits(at.before)}
      ORDER BY a.judged_at, a.play_id, a.account_id LIMIT ${at.limit} FOR UPDATE OF a SKIP LOCKED
    ), a AS (
      UPDATE play_accounts m SET judged_at = ${at.now}::bigint FROM picked p
      WHERE m.portal_id = ${portalId} AND m.play_id = p.play_id AND m.account_id = p.account_id
      RETURNING m.portal_id, m.play_id, m.account_id, p.start_at, m.handed_over_at
    )
    SELECT a.play_id AS "playId", a.account_id AS "accountId", a.start_at AS "startAt", a.handed_over_at IS NOT NULL AS "isHandedOver",
      (SELECT count(*)::int FROM crm_links l WHERE l.portal_id = a.portal_id AND l.to_type = 'companies' AND l.to_id = a.account_id
        AND l.from_type = 'contacts' AND EXISTS (SELECT FROM signals s WHERE s.portal_id = a.portal_id AND s.person_id = l.from_id
          AND s.at >= a.start_at AND NOT (s.kind = ANY(${[...idle]}::text[]))
          AND s.source NOT IN (SELECT source FROM muted_sources WHERE portal_id = ${portalId}))) AS people,
      EXISTS (SELECT FROM hot_alerts h WHERE h.portal_id = a.portal_id AND h.account_id = a.account_id
        AND h.crossed_at >= a.start_at) AS "isHot",
      ${hasDeal("open")} AS "hasOpenDeal", ${hasDeal("won")} AS "hasWonDeal"
    FROM a`.execute(db);
  return rows;
}

export interface EnrolmentMove {
  readonly playId: string;
  readonly accountId: string;
  readonly why: string;
}

interface Mover {
  readonly by: string;
  readonly at: number;
}

const given = (moves: readonly EnrolmentMove[]) =>
  sql`unnest(${moves.map((m) => m.playId)}::uuid[], ${moves.map((m) => m.accountId)}::text[], ${moves.map((m) => m.why)}::text[])
    AS m(play_id, account_id, why)`;

/**
 * Moves accounts that are in one of the states `from`. Tasks of steps that were not sent yet go with an account that rests or
 * leaves. Returns how many moved.
 */
export async function moveEnrolments(
  trx: Transaction<Schema>,
  portalId: PortalId,
  moves: readonly EnrolmentMove[],
  { from, to, by, at }: Mover & { readonly from: readonly EnrolmentStatus[]; readonly to: EnrolmentStatus },
): Promise<number> {
  if (moves.length === 0) return 0;
  const { rows } = await sql`
    WITH moved AS (
      UPDATE play_accounts a SET status = ${to}, status_at = ${at}::bigint, status_by = ${by}, status_why = m.why FROM ${given(moves)}
      WHERE a.portal_id = ${portalId} AND a.play_id = m.play_id AND a.account_id = m.account_id
        AND a.status = ANY(${[...from]}::text[])
      RETURNING a.play_id, a.account_id
    ), dropped AS (
      DELETE FROM tasks t USING moved m WHERE ${to} <> 'active' AND t.portal_id = ${portalId} AND t.play_id = m.play_id
        AND t.account_id = m.account_id AND t.kind = 'step' AND t.state = 'wanted'
    )
    SELECT 1 FROM moved`.execute(trx);
  return rows.length;
}

/** Sales takes accounts over, once each: a task says so to the owner. Returns how many were. */
export async function handOver(
  trx: Transaction<Schema>,
  portalId: PortalId,
  moves: readonly EnrolmentMove[],
  { by, at }: Mover,
): Promise<number> {
  if (moves.length === 0) return 0;
  const { rows } = await sql`
    WITH moved AS (
      UPDATE play_accounts a SET handed_over_at = ${at}::bigint, handover_by = ${by}, handover_why = m.why FROM ${given(moves)}
      WHERE a.portal_id = ${portalId} AND a.play_id = m.play_id AND a.account_id = m.account_id AND a.handed_over_at IS NULL
        AND a.status <> 'left'
      RETURNING a.portal_id, a.play_id, a.account_id
    )
    INSERT INTO tasks (portal_id, marker, kind, account_id, play_id, from_at)
    SELECT portal_id, concat_ws('-', 'TS', account_id, left(replace(play_id::text, '-', ''), 12), 'H'), 'handoff', account_id, play_id,
      ${at}::bigint FROM moved
    ON CONFLICT DO NOTHING RETURNING 1`.execute(trx);
  return rows.length;
}

/** Everything that runs for an account rests, until somebody lets it go on. */
export async function restAccount(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountId: string,
  { by, at, why }: Mover & { readonly why: string },
): Promise<void> {
  const { rows } = await sql<{ playId: string }>`
    SELECT play_id AS "playId" FROM play_accounts WHERE portal_id = ${portalId} AND account_id = ${accountId}
      AND status = 'active' LIMIT 500`.execute(trx);
  const moves = rows.map(({ playId }) => ({ playId, accountId, why }));
  await moveEnrolments(trx, portalId, moves, { from: ["active"], to: "paused", by, at });
}
