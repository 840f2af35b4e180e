import type { MappingDepth } from "@touchstone/shared/committee-api.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { CheckAnswers } from "@touchstone/shared/judge-answers.ts";
import type { AssignedRole } from "@touchstone/shared/role-taxonomies.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { engagementOf } from "./engagement-of.ts";

/**
 * What the reports count, of many accounts at once. Every query goes from the ids outwards, row by row, see `readCompanies`.
 */
export interface ProgrammeMember {
  readonly accountId: string;
  readonly tier: string;
}

/** Accounts that hold a place in a tier now, the first tiers first; `total` is how many there are. */
export async function readProgrammeMembers(
  db: Database,
  portalId: PortalId,
  tiers: readonly string[],
  most: number,
): Promise<{ members: ProgrammeMember[]; total: number }> {
  const { rows } = await sql<ProgrammeMember & { total: number }>`
    SELECT account_id AS "accountId", tier, (count(*) OVER ())::int AS total FROM tier_members
    WHERE portal_id = ${portalId} AND tier = ANY(${[...tiers]}::text[])
    ORDER BY array_position(${[...tiers]}::text[], tier), account_id LIMIT ${most}`.execute(db);
  return { members: rows, total: rows[0]?.total ?? 0 };
}

export interface Engagement {
  readonly accountId: string;
  /** Distinct people who engaged in the period. */
  readonly people: number;
  /** Engagements in the period, those included of whom only the company is known. */
  readonly events: number;
  /** Somebody answered in the period: a signal of one of the kinds that were asked for. */
  readonly answered: boolean;
  /** Weeks back from now in which somebody engaged; 0 is the week that ends now. */
  readonly weeks: readonly number[];
}

export interface EngagementQuestion {
  /** Start of the period, and how far the weeks go back. */
  readonly from: number;
  readonly weeksFrom: number;
  readonly now: number;
  readonly notKinds: readonly string[];
  readonly answerKinds: readonly string[];
}

const weekMs = 7 * 86_400_000;

/** Of accounts of which somebody engaged. */
export async function readEngagement(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  { from, weeksFrom, now, notKinds, answerKinds }: EngagementQuestion,
): Promise<Engagement[]> {
  if (accountIds.length === 0) return [];
  const within = sql`at >= ${Math.min(from, weeksFrom)}::bigint AND at <= ${now}::bigint`;
  const { rows } = await sql<Engagement>`
    SELECT i.id AS "accountId", e.* FROM unnest(${[...accountIds]}::text[]) AS i(id) CROSS JOIN LATERAL (
      SELECT (count(DISTINCT s.person_id) FILTER (WHERE s.at >= ${from}::bigint))::int AS people,
        (count(*) FILTER (WHERE s.at >= ${from}::bigint))::int AS events,
        coalesce(bool_or(s.kind = ANY(${[...answerKinds]}::text[]) AND s.at >= ${from}::bigint), false) AS answered,
        coalesce(array_agg(DISTINCT ((${now}::bigint - s.at) / ${weekMs}::bigint)::int) FILTER (WHERE s.at > ${weeksFrom}::bigint), '{}') AS weeks
      FROM (${engagementOf(portalId, sql.ref("i.id"), { within, notKinds })}) s) e
    WHERE e.events > 0 OR e.weeks <> '{}'`.execute(db);
  return rows;
}

export interface RoleFacts {
  readonly accountId: string;
  readonly personId: string;
  readonly buyingRole: string | null;
  readonly bounces: string | null;
  readonly roles: readonly AssignedRole[] | null;
  readonly departed: boolean | null;
  /** 1 to 5; null: nobody said. */
  readonly influence: number | null;
  readonly levelJudged: number | null;
}

/** People of accounts who have a role, of HubSpot's property or given here. */
export async function readRolesOf(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<RoleFacts[]> {
  if (accountIds.length === 0) return [];
  const { rows } = await sql<RoleFacts>`
    SELECT i.id AS "accountId", l.from_id AS "personId", r."buyingRole", r.bounces, m.roles, m.departed, m.influence,
      m.level_judged AS "levelJudged"
    FROM unnest(${[...accountIds]}::text[]) AS i(id)
    CROSS JOIN LATERAL (
      SELECT from_id FROM crm_links
      WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = i.id AND from_type = 'contacts' OFFSET 0) l
    CROSS JOIN LATERAL (
      SELECT properties ->> 'hs_buying_role' AS "buyingRole", properties ->> 'hs_email_bounce' AS bounces FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = l.from_id AND NOT archived OFFSET 0) r
    LEFT JOIN committee_members m ON m.portal_id = ${portalId} AND m.account_id = i.id AND m.person_id = l.from_id
    WHERE m.person_id IS NOT NULL OR coalesce(r."buyingRole", '') <> ''`.execute(db);
  return rows;
}

export interface PlaceFacts extends AssignedRole {
  readonly accountId: string;
  readonly depth: Exclude<MappingDepth, "person">;
  readonly named: string;
}

export async function readPlacesOf(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<PlaceFacts[]> {
  const { rows } = await sql<PlaceFacts>`
    SELECT account_id AS "accountId", taxonomy, role, depth, named FROM committee_places
    WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[])`.execute(db);
  return rows;
}

/** The stage of accounts as it was last judged; empty: awareness of which nothing tells since when. */
export async function readStagesOf(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<{ accountId: string; stage: string; since: string }[]> {
  const { rows } = await sql<{ accountId: string; stage: string; since: string }>`
    SELECT account_id AS "accountId", coalesce(output ->> 'touchstone_stage', '') AS stage,
      coalesce(output ->> 'touchstone_stage_since', '') AS since
    FROM account_scores WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[])`.execute(db);
  return rows;
}

/** How often which three answers were given in a spot check. */
export async function countCheckAnswers(
  db: Database,
  portalId: PortalId,
  drawnAt: number,
): Promise<(CheckAnswers & { readonly accounts: number })[]> {
  const { rows } = await sql<CheckAnswers & { accounts: number }>`
    SELECT data_matches AS "dataMatches", has_problem AS "hasProblem", is_buying AS "isBuying", count(*)::int AS accounts
    FROM spot_check_accounts WHERE portal_id = ${portalId} AND drawn_at = ${drawnAt}::bigint GROUP BY 1, 2, 3`.execute(
    db,
  );
  return rows;
}
