import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** A score that was kept, with what it was made from. The snapshot of a history that named an erased person is gone. */
export interface KeptScore {
  readonly accountId: string;
  readonly snapshotNo: number;
  readonly scoredAt: number;
  readonly snapshot: AccountSnapshot | null;
  readonly priority: AccountScore | null;
  readonly readiness: AccountScore | null;
}

const columns = sql`account_id AS "accountId", snapshot_no AS "snapshotNo", scored_at AS "scoredAt", snapshot, priority, readiness`;
/** History without what is the present score too: the newest of an account is usually in both, and counted once. */
const onlyHistory = (portalId: PortalId) => sql`score_history h WHERE portal_id = ${portalId} AND NOT EXISTS (
  SELECT FROM account_scores s
  WHERE s.portal_id = h.portal_id AND s.account_id = h.account_id AND s.snapshot_no = h.snapshot_no)`;

/** One kept score of an account: of a snapshot's number, or the newest. */
export async function readKeptScore(
  db: Database,
  portalId: PortalId,
  accountId: string,
  snapshotNo: number | "latest",
): Promise<KeptScore | null> {
  const which = snapshotNo === "latest" ? sql`` : sql`AND snapshot_no = ${snapshotNo}`;
  const { rows } = await sql<KeptScore>`
    SELECT ${columns} FROM account_scores WHERE portal_id = ${portalId} AND account_id = ${accountId} ${which}
    UNION ALL
    SELECT ${columns} FROM ${onlyHistory(portalId)} AND account_id = ${accountId} ${which}
    ORDER BY "snapshotNo" DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

/** Kept scores by account and snapshot number, a page at a time. */
export async function readKeptScores(
  db: Database,
  portalId: PortalId,
  after: Pick<KeptScore, "accountId" | "snapshotNo">,
  limit: number,
): Promise<KeptScore[]> {
  // Each table by its own index; both together would be sorted whole for every page.
  const rest = sql`AND (account_id, snapshot_no) > (${after.accountId}, ${after.snapshotNo}::bigint)
    ORDER BY account_id, snapshot_no LIMIT ${limit}`;
  const { rows } = await sql<KeptScore>`
    (SELECT ${columns} FROM account_scores WHERE portal_id = ${portalId} ${rest})
    UNION ALL
    (SELECT ${columns} FROM ${onlyHistory(portalId)} ${rest})
    ORDER BY "accountId", "snapshotNo" LIMIT ${limit}`.execute(db);
  return rows;
}

export async function countKeptScores(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT (SELECT count(*) FROM account_scores WHERE portal_id = ${portalId})::int
      + (SELECT count(*) FROM ${onlyHistory(portalId)})::int AS n`.execute(db);
  return rows[0]?.n ?? 0;
}
