import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface KeptMove {
  readonly at: number;
  readonly score: number | null;
  readonly scoreFrom: number | null;
  readonly tier: string | null;
  readonly tierFrom: string | null;
  readonly reasons: readonly string[];
}

const columns = sql`coalesce(moved_at, scored_at) AS at, score, score_from AS "scoreFrom", tier, tier_from AS "tierFrom", reasons`;

/** When an account's score or tier moved since a moment, the newest first, the present score among them. */
export async function readMoves(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
  since: number,
  limit: number,
): Promise<KeptMove[]> {
  const own = sql`portal_id = ${portalId} AND account_id = ${accountId}`;
  const { rows } = await sql<KeptMove>`
    SELECT ${columns} FROM account_scores WHERE ${own}
    UNION ALL
    SELECT ${columns} FROM score_history WHERE ${own} AND ended_at >= ${since}::bigint
    ORDER BY at DESC LIMIT ${limit}`.execute(db);
  return rows;
}
