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
/** The present scores and all of history; the newest of an account is usually in both, and counted once. */
const kept = (portalId: PortalId) => sql`(
  SELECT ${columns} FROM account_scores WHERE portal_id = ${portalId}
  UNION ALL
  SELECT ${columns} FROM score_history h WHERE portal_id = ${portalId} AND NOT EXISTS (
    SELECT FROM account_scores s
    WHERE s.portal_id = h.portal_id AND s.account_id = h.account_id AND s.snapshot_no = h.snapshot_no)
) k`;

/** One kept score of an account: of a snapshot's number, or the newest. */
export async function readKeptScore(
  db: Database,
  portalId: PortalId,
  accountId: string,
  snapshotNo: number | "latest",
): Promise<KeptScore | null> {
  const which = snapshotNo === "latest" ? sql`` : sql`AND "snapshotNo" = ${snapshotNo}`;
  const { rows } = await sql<KeptScore>`
    SELECT * FROM ${kept(portalId)} WHERE "accountId" = ${accountId} ${which}
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
  const { rows } = await sql<KeptScore>`
    SELECT * FROM ${kept(portalId)} WHERE ("accountId", "snapshotNo") > (${after.accountId}, ${after.snapshotNo}::bigint)
    ORDER BY "accountId", "snapshotNo" LIMIT ${limit}`.execute(db);
  return rows;
}

export async function countKeptScores(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${kept(portalId)}`.execute(db);
  return rows[0]?.n ?? 0;
}
