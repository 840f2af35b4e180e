import type { Judgement } from "@touchstone/shared/account-snapshot.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { JudgementView } from "@touchstone/shared/signals-api.ts";
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

/** Adds a judgement to the history. The same answer with the same expiry again, by anybody, changes nothing: returns false. */
export async function addJudgement(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
  judgement: {
    criterion: string;
    rung: string | null;
    by: string;
    at: number;
    note: string | null;
    expiresAt: number | null;
  },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO judgements (portal_id, account_id, criterion, judged_at, rung, judged_by, note, expires_at)
    SELECT ${portalId}::bigint, ${accountId}, ${judgement.criterion}, ${judgement.at}::bigint, ${judgement.rung}, ${judgement.by}, ${judgement.note},
      ${judgement.expiresAt}::bigint
    WHERE NOT EXISTS (
      SELECT FROM (
        SELECT rung, expires_at FROM judgements
        WHERE portal_id = ${portalId} AND account_id = ${accountId} AND criterion = ${judgement.criterion}
        ORDER BY judged_at DESC LIMIT 1
      ) newest
      WHERE rung IS NOT DISTINCT FROM ${judgement.rung} AND expires_at IS NOT DISTINCT FROM ${judgement.expiresAt}::bigint
    ) AND (${judgement.rung}::text IS NOT NULL OR EXISTS (
      SELECT FROM judgements WHERE portal_id = ${portalId} AND account_id = ${accountId} AND criterion = ${judgement.criterion}))
    ON CONFLICT DO NOTHING RETURNING 1`.execute(db);
  return rows.length > 0;
}

/** Every answer that was given for an account, and every one taken back, the newest first. */
export async function readJudgementHistory(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
  limit: number,
): Promise<JudgementView[]> {
  return db
    .selectFrom("judgements")
    .select(["criterion", "rung", "judged_by as by", "judged_at as at", "note", "expires_at as expiresAt"])
    .where("portal_id", "=", portalId)
    .where("account_id", "=", accountId)
    .orderBy("judged_at", "desc")
    .orderBy("criterion")
    .limit(limit)
    .execute();
}
