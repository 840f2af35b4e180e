import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Takes accounts off the list and keeps how long they were on it, and what sales said of them. Returns those that were on it. */
export async function removeTargets(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  { by, at }: { readonly by: string; readonly at: number },
): Promise<Set<string>> {
  const { rows } = await sql<{ accountId: string }>`
    WITH gone AS (
      DELETE FROM target_accounts WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[]) RETURNING *
    ), kept AS (
      INSERT INTO former_targets SELECT portal_id, account_id, sources, added_by, added_at, verdict, verdict_reason, verdict_note,
        verdict_by, verdict_at, ${by}, ${at}::bigint FROM gone ON CONFLICT DO NOTHING
    )
    SELECT account_id AS "accountId" FROM gone`.execute(db);
  return new Set(rows.map((row) => row.accountId));
}

/** Every time that an account of the portal was on the list, for a query about accounts; without an end it is on it now. */
export const timesOnList = (portalId: PortalId) => sql`
  SELECT account_id, added_at, verdict, NULL::bigint AS removed_at FROM target_accounts WHERE portal_id = ${portalId}
  UNION ALL
  SELECT account_id, added_at, verdict, removed_at FROM former_targets WHERE portal_id = ${portalId}`;

export interface Reviews {
  readonly reviewed: number;
  readonly kept: number;
}

/**
 * What sales said of the list (row 12, metric 16). Its share is of the list as it was before the review, so an account that was
 * taken off since counts as it did, rejected or kept. Each counts once, by its last time on the list: one that was added again waits
 * for a new verdict.
 */
export async function countReviews(db: Database, portalId: PortalId): Promise<Reviews> {
  const { rows } = await sql<Reviews>`
    SELECT count(verdict)::int AS reviewed, (count(*) FILTER (WHERE verdict = 'keep'))::int AS kept FROM (
      SELECT DISTINCT ON (account_id) verdict FROM (${timesOnList(portalId)}) t
      ORDER BY account_id, removed_at DESC NULLS FIRST, added_at DESC) last`.execute(db);
  return rows[0] ?? { reviewed: 0, kept: 0 };
}

/** Hands the times on the list to the account that another one was merged into. */
export async function moveFormerTargets(db: Database, portalId: PortalId, fromId: string, toId: string): Promise<void> {
  await sql`
    WITH old AS (DELETE FROM former_targets WHERE portal_id = ${portalId} AND account_id = ${fromId} RETURNING *)
    INSERT INTO former_targets SELECT portal_id, ${toId}, sources, added_by, added_at, verdict, verdict_reason, verdict_note,
      verdict_by, verdict_at, removed_by, removed_at FROM old ON CONFLICT DO NOTHING`.execute(db);
}
