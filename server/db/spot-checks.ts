import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { CheckAnswer } from "@touchstone/shared/target-list-api.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export interface SpotCheck {
  readonly drawnAt: number;
  readonly seed: string;
  readonly listSize: number;
}

export interface SpotCheckAccount {
  readonly accountId: string;
  readonly stratum: string;
  readonly name: string | null;
  readonly dataMatches: CheckAnswer | null;
  readonly hasProblem: CheckAnswer | null;
  readonly isBuying: CheckAnswer | null;
  readonly evidenceUrl: string | null;
}

export async function addSpotCheck(
  trx: Transaction<Schema>,
  portalId: PortalId,
  check: SpotCheck & { readonly by: string },
  accounts: readonly { readonly accountId: string; readonly stratum: string }[],
): Promise<void> {
  await sql`
    INSERT INTO spot_checks (portal_id, drawn_at, seed, list_size, drawn_by)
    VALUES (${portalId}, ${check.drawnAt}, ${check.seed}, ${check.listSize}, ${check.by}) ON CONFLICT DO NOTHING`.execute(
    trx,
  );
  await sql`
    INSERT INTO spot_check_accounts (portal_id, drawn_at, account_id, stratum)
    SELECT ${portalId}::bigint, ${check.drawnAt}::bigint, id, stratum
    FROM unnest(${accounts.map((one) => one.accountId)}::text[], ${accounts.map((one) => one.stratum)}::text[]) AS t(id, stratum)
    ON CONFLICT DO NOTHING`.execute(trx);
}

/** One at a time draws a spot check of a portal. */
export async function holdSpotChecks(trx: Transaction<Schema>, portalId: PortalId): Promise<void> {
  await sql`SELECT FROM portals WHERE portal_id = ${portalId} FOR NO KEY UPDATE`.execute(trx);
}

/** Whether a check was drawn from this seed since a moment. */
export async function wasDrawn(db: Database, portalId: PortalId, seed: string, since: number): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM spot_checks WHERE portal_id = ${portalId} AND seed = ${seed} AND drawn_at > ${since}::bigint LIMIT 1`.execute(
    db,
  );
  return rows.length > 0;
}

export async function countChecks(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM spot_checks WHERE portal_id = ${portalId}`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function readLatestCheck(db: Database, portalId: PortalId): Promise<SpotCheck | null> {
  const { rows } = await sql<SpotCheck>`
    SELECT drawn_at AS "drawnAt", seed, list_size AS "listSize" FROM spot_checks
    WHERE portal_id = ${portalId} ORDER BY drawn_at DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

export async function readCheckAccounts(
  db: Database,
  portalId: PortalId,
  drawnAt: number,
): Promise<SpotCheckAccount[]> {
  const { rows } = await sql<SpotCheckAccount>`
    SELECT c.account_id AS "accountId", c.stratum, r.properties ->> 'name' AS name, c.data_matches AS "dataMatches",
      c.has_problem AS "hasProblem", c.is_buying AS "isBuying", c.evidence_url AS "evidenceUrl"
    FROM spot_check_accounts c
    LEFT JOIN crm_records r ON r.portal_id = c.portal_id AND r.object_type = 'companies' AND r.object_id = c.account_id AND NOT r.archived
    WHERE c.portal_id = ${portalId} AND c.drawn_at = ${drawnAt}::bigint ORDER BY c.stratum, c.account_id`.execute(db);
  return rows;
}

export interface GivenAnswers {
  readonly dataMatches: CheckAnswer;
  readonly hasProblem: CheckAnswer;
  readonly isBuying: CheckAnswer;
  readonly evidenceUrl: string | undefined;
  readonly by: string;
  readonly at: number;
}

/**
 * False when the account is not in the sample. An address of evidence that is not given stays as long as the answers do; an empty one
 * clears it.
 */
export async function saveAnswers(
  db: Database,
  portalId: PortalId,
  drawnAt: number,
  accountId: AccountId,
  given: GivenAnswers,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE spot_check_accounts SET data_matches = ${given.dataMatches}, has_problem = ${given.hasProblem},
      is_buying = ${given.isBuying}, answered_by = ${given.by}, answered_at = ${given.at}::bigint,
      evidence_url = CASE WHEN ${given.evidenceUrl !== undefined} THEN nullif(${given.evidenceUrl ?? ""}, '')
        WHEN (data_matches, has_problem, is_buying) = (${given.dataMatches}, ${given.hasProblem}, ${given.isBuying})
        THEN evidence_url END
    WHERE portal_id = ${portalId} AND drawn_at = ${drawnAt}::bigint AND account_id = ${accountId} RETURNING 1`.execute(
    db,
  );
  return rows.length > 0;
}
