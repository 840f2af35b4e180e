import type { ColdAnswer } from "@touchstone/shared/cold-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/**
 * Notes which accounts are engaged and when one stopped being so. Only those that were engaged once can go cold: others have
 * no row. Belongs into the transaction that saves their scores, which lets no older reading through.
 */
export async function recordWarmth(
  trx: Transaction<Schema>,
  portalId: PortalId,
  given: readonly { readonly accountId: string; readonly warm: boolean }[],
  now: number,
): Promise<void> {
  if (given.length === 0) return;
  await sql`
    INSERT INTO cold_standing AS s (portal_id, account_id, fell_at)
    SELECT ${portalId}::bigint, g.account_id, CASE WHEN g.warm THEN NULL ELSE ${now}::bigint END
    FROM unnest(${given.map((one) => one.accountId)}::text[], ${given.map((one) => one.warm)}::boolean[]) AS g(account_id, warm)
    LEFT JOIN cold_standing b ON b.portal_id = ${portalId} AND b.account_id = g.account_id
    WHERE CASE WHEN g.warm THEN b.account_id IS NULL OR b.fell_at IS NOT NULL ELSE b.account_id IS NOT NULL AND b.fell_at IS NULL END
    ORDER BY g.account_id
    ON CONFLICT (portal_id, account_id) DO UPDATE SET fell_at = excluded.fell_at`.execute(trx);
}

export interface StoredAnswer {
  readonly answer: ColdAnswer;
  readonly note: string;
  readonly by: string;
  readonly at: number;
}

export interface ColdAccount {
  readonly accountId: string;
  readonly name: string | null;
  readonly fellAt: number;
  readonly plays: readonly string[];
  /** Since it fell, newest first; at most 20. */
  readonly answers: readonly StoredAnswer[];
}

/**
 * Accounts below the line since `since` or longer that somebody works: in a tier, on the target list, in a play that runs, or
 * marked in the CRM. Nobody works an excluded one.
 */
const workedCold = (portalId: PortalId, since: number) => sql`(
  SELECT c.portal_id, c.account_id, c.fell_at, r.properties ->> 'name' AS name FROM cold_standing c
  JOIN crm_records r ON r.portal_id = c.portal_id AND r.object_type = 'companies' AND r.object_id = c.account_id AND NOT r.archived
  LEFT JOIN account_scores s ON s.portal_id = c.portal_id AND s.account_id = c.account_id
  LEFT JOIN tier_members m ON m.portal_id = c.portal_id AND m.account_id = c.account_id
  WHERE c.portal_id = ${portalId} AND c.fell_at <= ${since}::bigint
    AND s.tier IS DISTINCT FROM 'excluded' AND m.tier IS DISTINCT FROM 'excluded'
    AND (m.tier <> 'out' OR r.properties ->> 'hs_is_target_account' = 'true' OR EXISTS (SELECT ${runningPlays})
      OR EXISTS (SELECT FROM target_accounts t WHERE t.portal_id = c.portal_id AND t.account_id = c.account_id
        AND t.verdict IS DISTINCT FROM 'reject'))) c`;

const runningPlays = sql`FROM play_accounts m
  JOIN plays p ON p.portal_id = m.portal_id AND p.play_id = m.play_id AND p.status = 'running'
  WHERE m.portal_id = c.portal_id AND m.account_id = c.account_id AND m.status <> 'left'`;

const answersSince = sql`FROM cold_answers n
  WHERE n.portal_id = c.portal_id AND n.account_id = c.account_id AND n.answered_at >= c.fell_at`;

/** Those without an answer since `askedSince` first, then the longest cold. */
export async function readColdAccounts(
  db: Database,
  portalId: PortalId,
  of: {
    readonly since: number;
    readonly askedSince: number;
    readonly accountId: string | null;
    readonly limit: number;
  },
): Promise<ColdAccount[]> {
  const { rows } = await sql<ColdAccount>`
    SELECT c.account_id AS "accountId", c.name, c.fell_at AS "fellAt", p.names AS plays, a.list AS answers
    FROM ${workedCold(portalId, of.since)}
    CROSS JOIN LATERAL (SELECT coalesce(jsonb_agg(p.document ->> 'name' ORDER BY p.launched_at), '[]') AS names ${runningPlays}) p
    CROSS JOIN LATERAL (
      SELECT max(at) AS last, coalesce(jsonb_agg(jsonb_build_object('answer', answer, 'note', note, 'by', by, 'at', at)
        ORDER BY at DESC), '[]') AS list FROM (
        SELECT answer, note, answered_by AS by, answered_at AS at ${answersSince} ORDER BY answered_at DESC LIMIT 20) n) a
    WHERE ${of.accountId}::text IS NULL OR c.account_id = ${of.accountId}
    ORDER BY coalesce(a.last, 0) > ${of.askedSince}::bigint, c.fell_at, c.account_id LIMIT ${of.limit}`.execute(db);
  return rows;
}

/** How many have no answer since `askedSince`: somebody must say what to do about them. */
export async function countUnanswered(
  db: Database,
  portalId: PortalId,
  of: { readonly since: number; readonly askedSince: number },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM ${workedCold(portalId, of.since)}
    WHERE NOT EXISTS (SELECT ${answersSince} AND n.answered_at > ${of.askedSince}::bigint)`.execute(db);
  return rows[0]?.n ?? 0;
}

/** False when it is the same answer again within `restMs`: then nothing is kept. */
export async function addColdAnswer(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountId: string,
  { answer, note, by, at }: StoredAnswer,
  restMs: number,
): Promise<boolean> {
  // HubSpot repeats a request while the first may still run.
  await sql`
    SELECT FROM cold_standing WHERE portal_id = ${portalId} AND account_id = ${accountId} FOR UPDATE`.execute(trx);
  const { rows } = await sql`
    INSERT INTO cold_answers (portal_id, account_id, answered_at, answer, note, answered_by)
    SELECT ${portalId}::bigint, ${accountId}, ${at}::bigint, ${answer}, ${note}, ${by}
    WHERE NOT EXISTS (SELECT FROM (
      SELECT answer, note, answered_at FROM cold_answers WHERE portal_id = ${portalId} AND account_id = ${accountId}
      ORDER BY answered_at DESC LIMIT 1) l WHERE l.answer = ${answer} AND l.note = ${note} AND l.answered_at > ${at - restMs}::bigint)
    ON CONFLICT DO NOTHING RETURNING 1`.execute(trx);
  return rows.length > 0;
}
