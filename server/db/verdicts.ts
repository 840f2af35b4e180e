import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { VerdictReason } from "@touchstone/shared/record-cards-api.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface Verdict {
  readonly by: string;
  readonly right: boolean;
  readonly reason: VerdictReason | null;
  readonly at: number;
}

/** What people said of the score that stands now; at most 100. */
export async function readVerdicts(db: Database, portalId: PortalId, accountId: AccountId): Promise<Verdict[]> {
  const { rows } = await sql<Verdict>`
    SELECT v.judged_by AS by, v.is_right AS right, v.reason, v.judged_at AS at FROM account_scores s
    JOIN account_verdicts v ON v.portal_id = s.portal_id AND v.account_id = s.account_id
      AND v.judged_at >= coalesce(s.moved_at, 0)
    WHERE s.portal_id = ${portalId} AND s.account_id = ${accountId}
    ORDER BY v.judged_at DESC LIMIT 100`.execute(db);
  const newest = new Map<string, Verdict>();
  for (const row of rows) if (!newest.has(row.by)) newest.set(row.by, row);
  return [...newest.values()];
}

/**
 * Keeps a verdict with the score that it is about. "none": there is no score. "moved": the score or its tier is another since the one
 * of `scoredAt`, so nothing was kept. The same again changes nothing.
 */
export async function saveVerdict(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
  verdict: Verdict & { readonly note: string | null; readonly scoredAt: number | null },
): Promise<"kept" | "none" | "moved"> {
  const { rows } = await sql<{ moved: boolean }>`
    WITH scored AS (
      SELECT snapshot_no, score, tier, readiness, models, coalesce(moved_at > ${verdict.scoredAt}::bigint, false) AS moved
      FROM account_scores WHERE portal_id = ${portalId} AND account_id = ${accountId} AND score IS NOT NULL
    ), saved AS (
      INSERT INTO account_verdicts AS v (portal_id, account_id, snapshot_no, judged_by, is_right, reason, note, score, tier,
        readiness, models, judged_at)
      SELECT ${portalId}::bigint, ${accountId}, snapshot_no, ${verdict.by}, ${verdict.right}, ${verdict.reason}, ${verdict.note},
        score, tier, readiness, models, ${verdict.at}::bigint FROM scored WHERE NOT moved
      ON CONFLICT (portal_id, account_id, snapshot_no, judged_by) DO UPDATE
      SET is_right = excluded.is_right, reason = excluded.reason, note = excluded.note, judged_at = excluded.judged_at
      WHERE (v.is_right, v.reason, v.note) IS DISTINCT FROM (excluded.is_right, excluded.reason, excluded.note)
    )
    SELECT moved FROM scored`.execute(db);
  const [scored] = rows;
  if (!scored) return "none";
  return scored.moved ? "moved" : "kept";
}

/** What people said of scores in a span, by the band that the score stood in. */
export async function countVerdicts(
  db: Database,
  portalId: PortalId,
  from: number,
  to: number,
): Promise<{ band: string | null; right: number; verdicts: number }[]> {
  const { rows } = await sql<{ band: string | null; right: number; verdicts: number }>`
    SELECT tier AS band, (count(*) FILTER (WHERE is_right))::int AS right, count(*)::int AS verdicts FROM account_verdicts
    WHERE portal_id = ${portalId} AND judged_at >= ${from}::bigint AND judged_at < ${to}::bigint GROUP BY tier`.execute(
    db,
  );
  return rows;
}
