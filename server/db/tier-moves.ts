import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface TierMove {
  readonly accountId: string;
  readonly at: number;
  readonly kind: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string;
  /** Null for what the rule did by itself. */
  readonly by: string | null;
}

const pageSize = 5_000;

/** History only grows. The same move of the same moment again changes nothing. */
export async function addTierMoves(db: Database, portalId: PortalId, moves: readonly TierMove[]): Promise<void> {
  for (let from = 0; from < moves.length; from += pageSize) {
    const page = moves.slice(from, from + pageSize);
    await sql`
      INSERT INTO tier_moves (portal_id, account_id, moved_at, kind, tier_from, tier_to, reason, moved_by)
      SELECT ${portalId}::bigint, t.* FROM unnest(${page.map((m) => m.accountId)}::text[], ${page.map((m) => m.at)}::bigint[],
        ${page.map((m) => m.kind)}::text[], ${page.map((m) => m.from)}::text[], ${page.map((m) => m.to)}::text[],
        ${page.map((m) => m.reason)}::text[], ${page.map((m) => m.by)}::text[]) AS t
      ON CONFLICT DO NOTHING`.execute(db);
  }
}

export async function readTierMoves(
  db: Database,
  portalId: PortalId,
  accountId: string,
  limit: number,
): Promise<Omit<TierMove, "accountId">[]> {
  return db
    .selectFrom("tier_moves")
    .select(["moved_at as at", "kind", "tier_from as from", "tier_to as to", "reason", "moved_by as by"])
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .orderBy("moved_at", "desc")
    .orderBy("move_no", "desc")
    .limit(limit)
    .execute();
}
