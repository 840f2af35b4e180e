import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export interface StoredScore {
  readonly accountId: AccountId;
  /** Number of the reading of the mirror that the snapshot was made from; a lower one never overwrites a higher. */
  readonly snapshotNo: number;
  readonly snapshot: AccountSnapshot;
  readonly priority: AccountScore;
  readonly readiness: AccountScore;
  readonly score: number | null;
  readonly tier: string | null;
  readonly scoredAt: number;
  readonly nextChangeAt: number | null;
  /** The property values that HubSpot should hold. */
  readonly output: Readonly<Record<string, string>>;
}

export interface ScoreMove {
  readonly accountId: AccountId;
  readonly snapshotNo: number;
  readonly scoreFrom: number | null;
  readonly tierFrom: string | null;
  readonly reasons: readonly string[];
}

/** Saves scores over older snapshots only, and history for those that moved. Returns the accounts that were saved. */
export async function saveScores(
  trx: Transaction<Schema>,
  portalId: PortalId,
  scores: readonly StoredScore[],
  moves: readonly ScoreMove[],
): Promise<AccountId[]> {
  if (scores.length === 0) return [];
  const rows = [...scores].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const moved = new Map(moves.map((move) => [move.accountId, move]));
  const saved = await sql<{ accountId: string }>`
    INSERT INTO account_scores AS s (portal_id, account_id, snapshot_no, snapshot, priority, readiness, score, tier, scored_at,
      moved_at, next_change_at, output)
    SELECT ${portalId}::bigint, account_id, snapshot_no, snapshot::jsonb, priority::json, readiness::json, score, tier, scored_at,
      CASE WHEN moved THEN scored_at END, next_change_at, output::jsonb
    FROM unnest(${rows.map((r) => r.accountId)}::text[], ${rows.map((r) => r.snapshotNo)}::bigint[],
      ${rows.map((r) => JSON.stringify(r.snapshot))}::text[], ${rows.map((r) => JSON.stringify(r.priority))}::text[],
      ${rows.map((r) => JSON.stringify(r.readiness))}::text[], ${rows.map((r) => r.score)}::float8[],
      ${rows.map((r) => r.tier)}::text[], ${rows.map((r) => r.scoredAt)}::bigint[], ${rows.map((r) => r.nextChangeAt)}::bigint[],
      ${rows.map((r) => JSON.stringify(r.output))}::text[], ${rows.map((r) => moved.has(r.accountId))}::boolean[])
      AS t(account_id, snapshot_no, snapshot, priority, readiness, score, tier, scored_at, next_change_at, output, moved)
    ON CONFLICT (portal_id, account_id) DO UPDATE
    SET snapshot_no = excluded.snapshot_no, snapshot = excluded.snapshot, priority = excluded.priority, readiness = excluded.readiness,
      score = excluded.score, tier = excluded.tier, scored_at = excluded.scored_at, moved_at = coalesce(excluded.moved_at, s.moved_at),
      next_change_at = excluded.next_change_at, output = excluded.output
    WHERE s.snapshot_no < excluded.snapshot_no
    RETURNING account_id AS "accountId"`.execute(trx);
  const taken = new Set(saved.rows.map((row) => row.accountId));
  await saveHistory(
    trx,
    portalId,
    rows.filter((row) => taken.has(row.accountId)),
    moved,
  );
  return saved.rows.map((row) => asAccountId(row.accountId));
}

async function saveHistory(
  trx: Transaction<Schema>,
  portalId: PortalId,
  rows: readonly StoredScore[],
  moved: ReadonlyMap<AccountId, ScoreMove>,
): Promise<void> {
  const values = rows.flatMap((row) => {
    const move = moved.get(row.accountId);
    if (!move) return [];
    return [
      {
        portal_id: portalId,
        account_id: row.accountId,
        snapshot_no: row.snapshotNo,
        scored_at: row.scoredAt,
        score_from: move.scoreFrom,
        score_to: row.score,
        tier_from: move.tierFrom,
        tier_to: row.tier,
        reasons: JSON.stringify(move.reasons),
        snapshot: JSON.stringify(row.snapshot),
        priority: JSON.stringify(row.priority),
        readiness: JSON.stringify(row.readiness),
      },
    ];
  });
  if (values.length > 0)
    await trx
      .insertInto("score_history")
      .values(values)
      .onConflict((c) => c.doNothing())
      .execute();
}

/** Scores of accounts that were not there any more at the given reading; a score of a later one stays. */
export async function removeScores(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountIds: readonly string[],
  snapshotNo: number,
): Promise<void> {
  if (accountIds.length === 0) return;
  await trx
    .deleteFrom("account_scores")
    .where("portal_id", "=", portalId)
    .where("account_id", "in", [...accountIds])
    .where("snapshot_no", "<", snapshotNo)
    .execute();
  await trx
    .deleteFrom("write_failures")
    .where("portal_id", "=", portalId)
    .where("account_id", "in", [...accountIds])
    .execute();
}

export interface LastScore {
  readonly priority: AccountScore;
  readonly readiness: AccountScore;
  readonly score: number | null;
  readonly tier: string | null;
}

export async function readScores(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Map<string, LastScore>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("account_scores")
    .select(["account_id", "priority", "readiness", "score", "tier"])
    .where("portal_id", "=", portalId)
    .where("account_id", "in", [...accountIds])
    .execute();
  return new Map(rows.map((row) => [row.account_id, row]));
}

export async function readScore(db: Database, portalId: PortalId, accountId: AccountId) {
  return db
    .selectFrom("account_scores")
    .select(["snapshot", "priority", "readiness", "score", "tier", "scored_at", "moved_at"])
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
}

export async function readLastMove(db: Database, portalId: PortalId, accountId: AccountId) {
  return db
    .selectFrom("score_history")
    .select(["scored_at", "score_from", "score_to", "tier_from", "tier_to", "reasons"])
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .orderBy("snapshot_no", "desc")
    .limit(1)
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

/** How many accounts have a score, and of how many HubSpot holds it as it is now. */
export async function countScores(db: Database, portalId: PortalId): Promise<{ scored: number; written: number }> {
  const { rows } = await sql<{ scored: number; written: number }>`
    SELECT count(*)::int AS scored, (count(*) FILTER (WHERE output = written))::int AS written
    FROM account_scores WHERE portal_id = ${portalId}`.execute(db);
  return rows[0] ?? { scored: 0, written: 0 };
}
