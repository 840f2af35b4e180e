import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** A score that was kept, the present one or one before it, with its proof. Null: it named a person who was erased. */
export interface KeptScore {
  readonly accountId: string;
  readonly snapshotNo: number;
  readonly scoredAt: number;
  /** See `packProof`. */
  readonly proof: string | null;
}

const columns = sql`account_id AS "accountId", snapshot_no AS "snapshotNo", scored_at AS "scoredAt", proof`;

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
    SELECT ${columns} FROM score_history WHERE portal_id = ${portalId} AND account_id = ${accountId} ${which}
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
  const rest = sql`WHERE portal_id = ${portalId} AND (account_id, snapshot_no) > (${after.accountId}, ${after.snapshotNo}::bigint)
    ORDER BY account_id, snapshot_no LIMIT ${limit}`;
  const { rows } = await sql<KeptScore>`
    (SELECT ${columns} FROM account_scores ${rest})
    UNION ALL
    (SELECT ${columns} FROM score_history ${rest})
    ORDER BY "accountId", "snapshotNo" LIMIT ${limit}`.execute(db);
  return rows;
}

export async function countKeptScores(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT (SELECT count(*) FROM account_scores WHERE portal_id = ${portalId})::int
      + (SELECT count(*) FROM score_history WHERE portal_id = ${portalId})::int AS n`.execute(db);
  return rows[0]?.n ?? 0;
}
