import type { PortalId } from "@touchstone/shared/ids.ts";
import type { AssignedRole } from "@touchstone/shared/role-taxonomies.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * What stages, levels and roles are told from, for up to 100 accounts at a time. Every query goes from the ids outwards, row by
 * row, see `readAccounts`.
 */
export interface MemberFacts {
  readonly accountId: string;
  readonly personId: string;
  /** Deleted in HubSpot, or merged into somebody else. */
  readonly gone: boolean;
  readonly buyingRole: string | null;
}

/** The people of the accounts now, and those who left and of whom HubSpot may still hold what they were. */
export async function readPeopleOf(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<{ members: MemberFacts[]; left: { id: string; gone: boolean }[] }> {
  const ids = [...accountIds];
  const { rows: members } = await sql<MemberFacts>`
    SELECT i.id AS "accountId", l.from_id AS "personId", coalesce(r.archived, false) AS gone,
      r.properties ->> 'hs_buying_role' AS "buyingRole"
    FROM unnest(${ids}::text[]) AS i(id)
    CROSS JOIN LATERAL (
      SELECT from_id FROM crm_links
      WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = i.id AND from_type = 'contacts' OFFSET 0) l
    CROSS JOIN LATERAL (
      SELECT properties, archived FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = l.from_id OFFSET 0) r`.execute(db);
  const { rows: left } = await sql<{ id: string; gone: boolean }>`
    SELECT DISTINCT f.person_id AS id, coalesce(r.archived, true) AS gone FROM former_members f
    JOIN person_outputs o ON o.portal_id = f.portal_id AND o.person_id = f.person_id
    LEFT JOIN crm_records r ON r.portal_id = f.portal_id AND r.object_type = 'contacts' AND r.object_id = f.person_id
    WHERE f.portal_id = ${portalId} AND f.account_id = ANY(${ids}::text[])
      AND NOT EXISTS (SELECT FROM crm_links l WHERE l.portal_id = f.portal_id AND l.from_type = 'contacts'
        AND l.from_id = f.person_id AND l.to_type = 'companies')`.execute(db);
  return { members, left };
}

/** Assignments of people who are still with their company, over all their accounts. */
export async function readRolesOfPeople(
  db: Database,
  portalId: PortalId,
  personIds: readonly string[],
): Promise<{ personId: string; roles: readonly AssignedRole[]; levelJudged: number | null }[]> {
  const { rows } = await sql<{ personId: string; roles: readonly AssignedRole[]; levelJudged: number | null }>`
    SELECT person_id AS "personId", roles, level_judged AS "levelJudged" FROM committee_members
    WHERE portal_id = ${portalId} AND person_id = ANY(${[...personIds]}::text[]) AND NOT departed
    ORDER BY person_id, account_id`.execute(db);
  return rows;
}

/** Signals of one kind by one person, or of an account itself, as far as stages and levels need to know them. */
export interface SignalTrace {
  /** Of the person or account. */
  readonly id: string;
  readonly personId: string | null;
  readonly kind: string;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The first within the window of levels; null: none there. */
  readonly recentAt: number | null;
  readonly recent: number;
  readonly strength: number | null;
}

/** All of them, however many: what a card says of a level or a stage and what HubSpot holds are told from the same. */
export async function readSignalTraces(
  db: Database,
  portalId: PortalId,
  of: { readonly owner: "person" | "account"; readonly ids: readonly string[] },
  since: { readonly stage: number; readonly level: number },
): Promise<SignalTrace[]> {
  if (of.ids.length === 0) return [];
  const isPerson = of.owner === "person";
  const own = isPerson ? sql`person_id = i.id` : sql`person_id IS NULL AND account_id = i.id`;
  const isRecent = sql`at >= ${since.level}::bigint`;
  const { rows } = await sql<SignalTrace>`
    SELECT i.id, ${isPerson ? sql`i.id` : sql`NULL`} AS "personId", s.* FROM unnest(${[...of.ids]}::text[]) AS i(id) CROSS JOIN LATERAL (
      SELECT kind, min(at) AS "firstAt", max(at) AS "lastAt", min(at) FILTER (WHERE ${isRecent}) AS "recentAt",
        (count(*) FILTER (WHERE ${isRecent}))::int AS recent, max(strength) FILTER (WHERE ${isRecent}) AS strength
      FROM signals WHERE portal_id = ${portalId} AND ${own} AND at >= ${since.stage}::bigint
        AND source <> ALL (ARRAY(SELECT source FROM muted_sources WHERE portal_id = ${portalId}))
      GROUP BY kind) s`.execute(db);
  return rows;
}

/** When accounts came onto the target list. */
export async function readListedTimes(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; at: number }>`
    SELECT account_id AS id, added_at AS at FROM target_accounts
    WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[])`.execute(db);
  return new Map(rows.map(({ id, at }) => [id, at]));
}
