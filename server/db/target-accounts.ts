import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { ListSource, RejectReason, Verdict } from "@touchstone/shared/target-list-api.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface TargetAccount {
  readonly accountId: string;
  readonly name: string | null;
  readonly domain: string | null;
  readonly sources: readonly string[];
  readonly addedAt: number;
  /** The place in the programme where there is one, else the band of the score. */
  readonly tier: string | null;
  readonly score: number | null;
  readonly verdict: Verdict | null;
  readonly verdictReason: string | null;
  readonly verdictNote: string | null;
}

/** A list that a team can work; the largest template has 1,400 (rows 14, 58). */
export const mostTargets = 10_000;

const columns = sql`t.account_id AS "accountId", r.properties ->> 'name' AS name, r.properties ->> 'domain' AS domain, t.sources,
  t.added_at AS "addedAt", coalesce(m.tier, s.tier) AS tier, s.score, t.verdict, t.verdict_reason AS "verdictReason",
  t.verdict_note AS "verdictNote"`;
const joined = (portalId: PortalId) => sql`target_accounts t
  JOIN crm_records r ON r.portal_id = t.portal_id AND r.object_type = 'companies' AND r.object_id = t.account_id AND NOT r.archived
  LEFT JOIN account_scores s ON s.portal_id = t.portal_id AND s.account_id = t.account_id
  LEFT JOIN tier_members m ON m.portal_id = t.portal_id AND m.account_id = t.account_id
  WHERE t.portal_id = ${portalId}`;

/** The list by id, a page at a time; companies that are gone are left out. */
export async function readTargets(
  db: Database,
  portalId: PortalId,
  after: string | null,
  limit: number,
): Promise<TargetAccount[]> {
  const { rows } = await sql<TargetAccount>`
    SELECT ${columns} FROM ${joined(portalId)} AND t.account_id > ${after ?? ""} ORDER BY t.account_id LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

/** The domains of the whole list; companies that are gone or have none are left out. */
export async function readTargetDomains(
  db: Database,
  portalId: PortalId,
): Promise<{ accountId: string; domain: string }[]> {
  const { rows } = await sql<{ accountId: string; domain: string }>`
    SELECT t.account_id AS "accountId", r.properties ->> 'domain' AS domain FROM ${joined(portalId)}
      AND r.properties ->> 'domain' <> '' ORDER BY t.account_id LIMIT ${mostTargets}`.execute(db);
  return rows;
}

/** Adds accounts, or a source to those on the list. Returns the ids that are new. */
export async function addTargets(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  added: { readonly source: ListSource; readonly by: string; readonly at: number },
): Promise<Set<string>> {
  const { rows } = await sql<{ accountId: string; isNew: boolean }>`
    INSERT INTO target_accounts AS t (portal_id, account_id, sources, added_by, added_at)
    SELECT DISTINCT ${portalId}::bigint, id, ARRAY[${added.source}::text], ${added.by}, ${added.at}::bigint
    FROM unnest(${[...accountIds]}::text[]) AS i(id) ORDER BY id
    ON CONFLICT (portal_id, account_id) DO UPDATE
    SET sources = CASE WHEN excluded.sources <@ t.sources THEN t.sources ELSE t.sources || excluded.sources END
    RETURNING account_id AS "accountId", (xmax = 0) AS "isNew"`.execute(db);
  return new Set(rows.filter((row) => row.isNew).map((row) => row.accountId));
}

/**
 * Keeps a verdict and returns the note that stands with it; undefined when the account is not on the list. A note that is not given
 * stays as long as verdict and reason do; an empty one clears it.
 */
export async function saveVerdict(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
  given: {
    readonly verdict: Verdict;
    readonly reason: RejectReason | null;
    readonly note: string | undefined;
    readonly by: string;
    readonly at: number;
  },
): Promise<{ note: string | null } | undefined> {
  const { rows } = await sql<{ note: string | null }>`
    UPDATE target_accounts SET verdict = ${given.verdict}, verdict_reason = ${given.reason}, verdict_by = ${given.by},
      verdict_at = ${given.at}::bigint, verdict_note = CASE WHEN ${given.note !== undefined} THEN nullif(${given.note ?? ""}, '')
        WHEN verdict = ${given.verdict} AND verdict_reason IS NOT DISTINCT FROM ${given.reason} THEN verdict_note END
    WHERE portal_id = ${portalId} AND account_id = ${accountId} RETURNING verdict_note AS note`.execute(db);
  return rows[0];
}

/** Of the list as it is now; what sales said of those that were removed as well, says `countReviews`. */
export async function countTargets(
  db: Database,
  portalId: PortalId,
): Promise<{ size: number; reviewed: number; kept: number }> {
  const { rows } = await sql<{ size: number; reviewed: number; kept: number }>`
    SELECT count(*)::int AS size, count(verdict)::int AS reviewed, (count(*) FILTER (WHERE verdict = 'keep'))::int AS kept
    FROM target_accounts WHERE portal_id = ${portalId}`.execute(db);
  return rows[0] ?? { size: 0, reviewed: 0, kept: 0 };
}

export interface NamedCompany {
  readonly accountId: string;
  readonly name: string | null;
  readonly domain: string | null;
}

/** Living companies that have one of the given host names as their domain. */
export async function findCompaniesByDomain(
  db: Database,
  portalId: PortalId,
  domains: readonly string[],
): Promise<(NamedCompany & { domain: string })[]> {
  if (domains.length === 0) return [];
  const { rows } = await sql<NamedCompany & { domain: string }>`
    SELECT r.object_id AS "accountId", r.name, d.domain FROM unnest(${[...domains]}::text[]) AS d(domain) CROSS JOIN LATERAL (
      SELECT object_id, properties ->> 'name' AS name FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'companies' AND NOT archived AND lower(properties ->> 'domain') = d.domain
      ORDER BY object_id LIMIT 5 OFFSET 0) r`.execute(db);
  return rows;
}

/**
 * Living companies by their names: of each name the first company and how many are called so. The database makes both sides small, in
 * one way. Reads all companies of the portal once, so it is for what a person enters now and then.
 */
export async function findCompaniesByName(
  db: Database,
  portalId: PortalId,
  names: readonly string[],
): Promise<Map<string, NamedCompany & { count: number }>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql<NamedCompany & { called: string; count: number }>`
    SELECT n.called, count(*)::int AS count, min(r.object_id) AS "accountId", min(r.properties ->> 'name') AS name,
      min(r.properties ->> 'domain') AS domain
    FROM unnest(${[...names]}::text[]) AS n(called) JOIN crm_records r ON lower(btrim(r.properties ->> 'name')) = lower(n.called)
    WHERE r.portal_id = ${portalId} AND r.object_type = 'companies' AND NOT r.archived GROUP BY n.called`.execute(db);
  return new Map(rows.map(({ called, ...company }) => [called, company]));
}

/** When the account came onto the list; null when it is not on it. */
export async function readListedAt(db: Database, portalId: PortalId, accountId: AccountId): Promise<number | null> {
  const { rows } = await sql<{ addedAt: number }>`
    SELECT added_at AS "addedAt" FROM target_accounts WHERE portal_id = ${portalId} AND account_id = ${accountId}`.execute(
    db,
  );
  return rows[0]?.addedAt ?? null;
}
