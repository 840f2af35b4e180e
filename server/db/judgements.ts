import type { Judgement } from "@touchstone/shared/account-snapshot.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** The newest judgement per account and criterion; one that was taken back is left out. */
export async function readJudgements(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<(Judgement & { accountId: string })[]> {
  const { rows } = await sql<Judgement & { accountId: string }>`
    SELECT * FROM (
      SELECT DISTINCT ON (account_id, criterion) account_id AS "accountId", criterion, rung, judged_by AS by, judged_at AS at,
        expires_at AS "expiresAt"
      FROM judgements WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[])
      ORDER BY account_id, criterion, judged_at DESC
    ) newest WHERE rung IS NOT NULL`.execute(db);
  return rows;
}

/** Adds a judgement to the history. The same answer again, by anybody, changes nothing: returns false. */
export async function addJudgement(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
  judgement: { criterion: string; rung: string | null; by: string; at: number; note: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO judgements (portal_id, account_id, criterion, judged_at, rung, judged_by, note)
    SELECT ${portalId}::bigint, ${accountId}, ${judgement.criterion}, ${judgement.at}::bigint, ${judgement.rung}, ${judgement.by}, ${judgement.note}
    WHERE ${judgement.rung} IS DISTINCT FROM (
      SELECT rung FROM judgements
      WHERE portal_id = ${portalId} AND account_id = ${accountId} AND criterion = ${judgement.criterion}
      ORDER BY judged_at DESC LIMIT 1
    )
    ON CONFLICT DO NOTHING RETURNING 1`.execute(db);
  return rows.length > 0;
}
