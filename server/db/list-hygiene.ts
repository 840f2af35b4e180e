import type { PortalId } from "@touchstone/shared/ids.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";

export interface HygieneRow {
  readonly kind: string;
  readonly accountId: string;
  readonly name: string | null;
  /** What the row rests on: a tier, a score, or the number of days. */
  readonly fact: string;
  /** Which question the row answers, and how many rows answer it in all. */
  readonly part: number;
  readonly total: number;
}

export interface HygieneTimes {
  readonly now: number;
  readonly tiers: readonly TierTraits[];
  readonly staleDays: number;
}

const mostEach = 100;
const dayMs = 86_400_000;
const outreach = ["calls", "emails", "meetings", "communications"];

/** Everything about a target list that asks for a decision, at most 100 rows of each kind with their number. */
export async function readHygiene(db: Database, portalId: PortalId, times: HygieneTimes): Promise<HygieneRow[]> {
  const owned = times.tiers.filter((tier) => tier.ownerRequired).map((tier) => tier.key);
  const parts = [
    worthAdding(portalId, owned),
    worthRemoving(portalId),
    wonOrLost(portalId),
    withoutOwner(portalId, owned),
    stale(portalId, times),
    ...times.tiers.map((tier) => neglected(portalId, tier.key, tier.touchDays, times.now)),
  ];
  const limited = parts.map(
    (part, number) =>
      sql`(SELECT p.*, ${number}::int AS part, count(*) OVER ()::int AS total FROM (${part}) p ORDER BY score DESC NULLS LAST, "accountId" LIMIT ${mostEach})`,
  );
  const { rows } = await sql<HygieneRow>`
    SELECT kind, "accountId", name, fact, part, total FROM (${sql.join(limited, sql` UNION ALL `)}) all_parts`.execute(
    db,
  );
  return rows;
}

/** The tier that the account was given a place in; before that the band of its score. */
const tier = sql`coalesce(m.tier, s.tier)`;
const company = sql`LEFT JOIN tier_members m ON m.portal_id = s.portal_id AND m.account_id = s.account_id
  JOIN crm_records r ON r.portal_id = s.portal_id AND r.object_type = 'companies' AND r.object_id = s.account_id AND NOT r.archived`;
const own = (kind: string, fact: RawBuilder<unknown>) =>
  sql`${kind}::text AS kind, s.account_id AS "accountId", r.properties ->> 'name' AS name, ${fact} AS fact, s.score`;
const onList = sql`JOIN target_accounts t ON t.portal_id = s.portal_id AND t.account_id = s.account_id`;

function worthAdding(portalId: PortalId, owned: readonly string[]) {
  return sql`
    SELECT ${own("add", tier)} FROM account_scores s ${company}
    WHERE s.portal_id = ${portalId} AND ${tier} = ANY(${[...owned]}::text[])
      AND NOT EXISTS (SELECT FROM target_accounts t WHERE t.portal_id = s.portal_id AND t.account_id = s.account_id)`;
}

function worthRemoving(portalId: PortalId) {
  return sql`
    SELECT ${own("remove", tier)} FROM account_scores s ${company} ${onList}
    WHERE s.portal_id = ${portalId} AND ${tier} IN ('excluded', 'out', 'tier_4')`;
}

/** The account's newest closed deal, when no deal is open. */
function wonOrLost(portalId: PortalId) {
  return sql`
    SELECT ${own("remove", sql`d.outcome`)} FROM account_scores s ${company} ${onList} CROSS JOIN LATERAL (
      SELECT CASE WHEN d.properties ->> 'hs_is_closed_won' = 'true' OR d.properties ->> 'dealstage' = 'closedwon' THEN 'won' ELSE 'lost' END AS outcome,
        bool_and(coalesce(d.properties ->> 'hs_is_closed', 'false') = 'true' OR d.properties ->> 'dealstage' IN ('closedwon', 'closedlost'))
          OVER () AS closed
      FROM crm_links l JOIN crm_records d ON d.portal_id = l.portal_id AND d.object_type = 'deals' AND d.object_id = l.from_id AND NOT d.archived
      WHERE l.portal_id = s.portal_id AND l.to_type = 'companies' AND l.to_id = s.account_id AND l.from_type = 'deals'
      ORDER BY d.properties ->> 'closedate' DESC NULLS LAST, d.object_id LIMIT 1 OFFSET 0) d
    WHERE s.portal_id = ${portalId} AND d.closed`;
}

/** Row 66: some tiers have a named owner for each account (T26). */
function withoutOwner(portalId: PortalId, owned: readonly string[]) {
  return sql`
    SELECT ${own("no owner", tier)} FROM account_scores s ${company}
    WHERE s.portal_id = ${portalId} AND ${tier} = ANY(${[...owned]}::text[]) AND coalesce(r.properties ->> 'hubspot_owner_id', '') = ''`;
}

/** Row 142; the 180 days are ours. */
function stale(portalId: PortalId, { now, staleDays }: HygieneTimes) {
  return sql`
    SELECT ${own("stale", sql`${String(staleDays)}::text`)} FROM account_scores s ${company} ${onList}
    WHERE s.portal_id = ${portalId} AND t.added_at < ${now - staleDays * dayMs}::bigint AND NOT EXISTS (
      SELECT FROM signals g WHERE g.portal_id = s.portal_id AND g.at > ${now - staleDays * dayMs}::bigint
        AND (g.account_id = s.account_id OR g.person_id = ANY(ARRAY(SELECT from_id FROM crm_links l
          WHERE l.portal_id = s.portal_id AND l.to_type = 'companies' AND l.to_id = s.account_id AND l.from_type = 'contacts'))))`;
}

/** Row 14: no human touch in one interval of its tier. */
function neglected(portalId: PortalId, key: string, days: number, now: number) {
  const since = new Date(now - days * dayMs).toISOString();
  return sql`
    SELECT ${own("neglected", sql`${String(days)}::text`)} FROM account_scores s ${company} ${onList}
    WHERE s.portal_id = ${portalId} AND ${tier} = ${key} AND t.added_at < ${now - days * dayMs}::bigint AND NOT EXISTS (
      SELECT FROM crm_links l JOIN crm_records a ON a.portal_id = l.portal_id AND a.object_type = l.from_type AND a.object_id = l.from_id
      WHERE l.portal_id = s.portal_id AND l.to_type = 'companies' AND l.to_id = s.account_id AND l.from_type = ANY(${outreach}::text[])
        AND NOT a.archived AND a.properties ->> 'hs_timestamp' >= ${since})`;
}
