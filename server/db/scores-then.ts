import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface ScoreThen {
  readonly score: number;
  /** The band of the model that was in force. */
  readonly band: string | null;
}

/**
 * The score that each account had just before a moment, in the order asked; null: none that is kept. A score begins when it last moved
 * and ends when another took its place, so nothing that came later is in it.
 */
export async function readScoresThen(
  db: Database,
  portalId: PortalId,
  asked: readonly { readonly accountId: string; readonly at: number }[],
): Promise<(ScoreThen | null)[]> {
  if (asked.length === 0) return [];
  const columns = sql`score, tier AS band, coalesce(moved_at, scored_at) AS since`;
  const own = sql`portal_id = ${portalId} AND account_id = q.id AND coalesce(moved_at, scored_at) < q.at`;
  const { rows } = await sql<{ score: number | null; band: string | null }>`
    SELECT s.score, s.band FROM unnest(${asked.map((one) => one.accountId)}::text[], ${asked.map((one) => one.at)}::bigint[])
      WITH ORDINALITY AS q(id, at, place)
    LEFT JOIN LATERAL (
      SELECT score, band FROM (
        (SELECT ${columns} FROM account_scores WHERE ${own})
        UNION ALL
        (SELECT ${columns} FROM score_history WHERE ${own} AND ended_at >= q.at)) kept
      ORDER BY since DESC LIMIT 1) s ON true
    ORDER BY q.place`.execute(db);
  return rows.map(({ score, band }) => (score === null ? null : { score, band }));
}
