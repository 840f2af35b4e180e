import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import { arrayLiteral } from "./array-literal.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";
import { countRefused } from "./write-failures.ts";

export interface StoredScore {
  readonly accountId: AccountId;
  /** Number of the reading of the mirror that the snapshot was made from; a lower one never overwrites a higher. */
  readonly snapshotNo: number;
  /** See `packProof`. */
  readonly proof: string;
  /** For example "playbook-100 v2, readiness-10 v1". */
  readonly models: string;
  readonly score: number | null;
  readonly tier: string | null;
  readonly readiness: number | null;
  readonly scoredAt: number;
  readonly nextChangeAt: number | null;
  /** Whether it fits the ideal customer profile; null: unknown. Since when is kept beside it. */
  readonly fits: boolean | null;
  /** The property values that HubSpot should hold. */
  readonly output: Readonly<Record<string, string>>;
  /** Null: neither score nor tier nor readiness moved. */
  readonly move: ScoreMove | null;
}

export interface ScoreMove {
  /** False for a first score, which has nothing before it. */
  readonly replaces: boolean;
  readonly scoreFrom: number | null;
  readonly tierFrom: string | null;
  readonly reasons: readonly string[];
}

/** Separates texts in one parameter: JSON escapes it, and a list of texts would be escaped once more. */
const separator = "\x1e";
const texts = (list: readonly string[]) => sql`string_to_array(${list.join(separator)}, ${separator})`;

/**
 * Holds the scores of accounts until the transaction ends, in the order of their keys. Whoever changes several of them, in one
 * statement that keeps no order or in several, calls this first: crosswise, PostgreSQL would end one of two. (A recheck that finds a
 * merge and a result changed by hand takes two lots; ended by that, it is done again.)
 */
export async function lockScores(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<void> {
  await sql`
    SELECT FROM account_scores WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[])
    ORDER BY account_id FOR UPDATE`.execute(trx);
}

/**
 * Saves scores over older snapshots only; what moved goes into history first. A score that is the same again costs little:
 * its proof stays where it is. What is not of the score in an output, as the tier, stays. Returns the accounts that were saved.
 */
export async function saveScores(
  trx: Transaction<Schema>,
  portalId: PortalId,
  scores: readonly StoredScore[],
): Promise<AccountId[]> {
  if (scores.length === 0) return [];
  const rows = [...scores].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  await keepHistory(trx, portalId, rows);
  const list = (of: (score: StoredScore) => string | number | null) => arrayLiteral(rows.map(of));
  const saved = await sql<{ accountId: string }>`
    INSERT INTO account_scores AS s (portal_id, account_id, snapshot_no, proof, models, score, tier, readiness, scored_at,
      moved_at, score_from, tier_from, reasons, next_change_at, fits, fits_since, output)
    SELECT ${portalId}::bigint, account_id, snapshot_no, proof, models, score, tier, readiness, scored_at,
      CASE WHEN moved THEN scored_at END, score_from, tier_from, reasons::jsonb, next_change_at, fits, scored_at,
      output::jsonb
    FROM unnest(${list((r) => r.accountId)}::text[], ${list((r) => r.snapshotNo)}::bigint[],
      ${texts(rows.map((r) => r.proof))}, ${list((r) => r.models)}::text[], ${list((r) => r.score)}::float8[],
      ${list((r) => r.tier)}::text[], ${list((r) => r.readiness)}::float8[], ${list((r) => r.scoredAt)}::bigint[],
      ${rows.map((r) => r.move !== null)}::boolean[], ${list((r) => r.move?.scoreFrom ?? null)}::float8[],
      ${list((r) => r.move?.tierFrom ?? null)}::text[], ${texts(rows.map((r) => JSON.stringify(r.move?.reasons ?? [])))},
      ${list((r) => r.nextChangeAt)}::bigint[], ${rows.map((r) => r.fits)}::boolean[],
      ${texts(rows.map((r) => JSON.stringify(r.output)))})
      AS t(account_id, snapshot_no, proof, models, score, tier, readiness, scored_at, moved, score_from, tier_from, reasons,
        next_change_at, fits, output)
    ON CONFLICT (portal_id, account_id) DO UPDATE
    SET snapshot_no = excluded.snapshot_no, proof = CASE WHEN s.proof = excluded.proof THEN s.proof ELSE excluded.proof END,
      models = excluded.models, score = excluded.score, tier = excluded.tier, readiness = excluded.readiness,
      scored_at = excluded.scored_at, moved_at = coalesce(excluded.moved_at, s.moved_at),
      score_from = CASE WHEN excluded.moved_at IS NULL THEN s.score_from ELSE excluded.score_from END,
      tier_from = CASE WHEN excluded.moved_at IS NULL THEN s.tier_from ELSE excluded.tier_from END,
      reasons = CASE WHEN excluded.moved_at IS NULL THEN s.reasons ELSE excluded.reasons END,
      next_change_at = excluded.next_change_at, fits = excluded.fits,
      fits_since = CASE WHEN s.fits IS DISTINCT FROM excluded.fits THEN excluded.fits_since ELSE s.fits_since END,
      output = s.output || excluded.output
    WHERE s.snapshot_no < excluded.snapshot_no
    RETURNING account_id AS "accountId"`.execute(trx);
  return saved.rows.map((row) => asAccountId(row.accountId));
}

/** What goes from a present score into history. */
export const outgoing = sql`portal_id, account_id, snapshot_no, moved_at, scored_at, models, score, tier, readiness, score_from, tier_from,
  reasons, proof`;

/** The scores that are about to be replaced because the account moved. */
async function keepHistory(trx: Transaction<Schema>, portalId: PortalId, rows: readonly StoredScore[]): Promise<void> {
  const moved = rows.filter(({ move }) => move?.replaces === true);
  if (moved.length === 0) return;
  await lockScores(
    trx,
    portalId,
    rows.map((row) => row.accountId),
  );
  await sql`
    INSERT INTO score_history (${outgoing}, ended_at)
    SELECT s.*, t.ended_at FROM unnest(${moved.map((r) => r.accountId)}::text[], ${moved.map((r) => r.snapshotNo)}::bigint[],
      ${moved.map((r) => r.scoredAt)}::bigint[]) AS t(id, no, ended_at)
    CROSS JOIN LATERAL (
      SELECT ${outgoing} FROM account_scores
      WHERE portal_id = ${portalId} AND account_id = t.id AND snapshot_no < t.no OFFSET 0) s
    ON CONFLICT DO NOTHING`.execute(trx);
}

/** Scores of accounts that were not there any more at the given reading go into history; one of a later reading stays. */
export async function removeScores(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountIds: readonly string[],
  reading: { readonly snapshotNo: number; readonly at: number },
): Promise<void> {
  if (accountIds.length === 0) return;
  await sql`
    WITH gone AS (
      DELETE FROM account_scores
      WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[]) AND snapshot_no < ${reading.snapshotNo}
      RETURNING *
    )
    INSERT INTO score_history (${outgoing}, ended_at) SELECT ${outgoing}, ${reading.at}::bigint FROM gone
    ON CONFLICT DO NOTHING`.execute(trx);
  await trx
    .deleteFrom("write_failures")
    .where("portal_id", "=", portalId)
    .where("object_type", "=", "companies")
    .where("object_id", "in", [...accountIds])
    .execute();
}

/** What is asked of the last score to see whether the next one moved, and why. */
export interface LastScore {
  readonly models: string;
  readonly score: number | null;
  readonly tier: string | null;
  readonly readiness: number | null;
  readonly scoredAt: number;
  /** Null when it named a person who was erased. */
  readonly proof: string | null;
}

export async function readScores(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Map<string, LastScore>> {
  const { rows } = await sql<LastScore & { accountId: string }>`
    SELECT account_id AS "accountId", models, score, tier, readiness, scored_at AS "scoredAt", proof
    FROM account_scores WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.accountId, row]));
}

export async function readScore(db: Database, portalId: PortalId, accountId: AccountId) {
  return db
    .selectFrom("account_scores")
    .select(["proof", "models", "score", "tier", "scored_at", "moved_at", "score_from", "tier_from", "reasons"])
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
}

/** Accounts of installed portals whose score changes by time alone until `now`. Portal by portal: what is left of those that went is never walked. */
export async function readDueAccounts(db: Database, now: number, limit: number): Promise<Map<PortalId, string[]>> {
  const { rows } = await sql<{ portalId: PortalId; accountIds: string[] }>`
    SELECT portal_id AS "portalId", array_agg(account_id) AS "accountIds" FROM (
      SELECT p.portal_id, s.account_id FROM portals p CROSS JOIN LATERAL (
        SELECT a.account_id, a.next_change_at FROM account_scores a
        WHERE a.portal_id = p.portal_id AND a.next_change_at <= ${now}
          AND NOT EXISTS (SELECT FROM dirty_accounts d WHERE d.portal_id = p.portal_id AND d.account_id = a.account_id)
        ORDER BY a.next_change_at LIMIT ${limit}) s
      WHERE p.status IN ('backfilling', 'ready') ORDER BY s.next_change_at LIMIT ${limit}
    ) due GROUP BY portal_id`.execute(db);
  return new Map(rows.map((row) => [row.portalId, row.accountIds]));
}

export interface ScoreCounts {
  readonly scored: number;
  /** HubSpot holds these as they are now. */
  readonly written: number;
  /** See `countRefused`. */
  readonly refused: number;
}

/** Written are all but those of the index `account_scores_unwritten`: comparing every result took 90 ms for 100,000. */
export async function countScores(db: Database, portalId: PortalId): Promise<ScoreCounts> {
  // In one statement: a result that is written between two of them would be in neither.
  const { rows } = await sql<{ scored: number; unwritten: number; refused: number }>`
    SELECT (SELECT count(*) FROM account_scores WHERE portal_id = ${portalId})::int AS scored,
      (SELECT count(*) FROM account_scores WHERE portal_id = ${portalId} AND output IS DISTINCT FROM written)::int AS unwritten,
      ${countRefused(portalId, "companies")} AS refused`.execute(db);
  const { scored, unwritten, refused } = rows[0] ?? { scored: 0, unwritten: 0, refused: 0 };
  return { scored, written: scored - unwritten, refused };
}
