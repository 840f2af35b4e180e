import type { PortalId } from "@touchstone/shared/ids.ts";
import type { TierTraits } from "@touchstone/shared/tier-traits.ts";
import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";
import { dealStateSql } from "./deal-columns.ts";
import { engagementOf } from "./engagement-of.ts";
import { isTouchedByPerson } from "./touches.ts";

export interface HygieneRow {
  readonly kind: string;
  readonly accountId: string;
  readonly name: string | null;
  /** What the row rests on: a tier, an outcome, or a number of points or days. */
  readonly fact: string;
  /** When that came about, as a CRM says times; null where the fact is a span of time itself. */
  readonly since: string | null;
  /** Which question the row answers, and how many rows answer it in all. */
  readonly part: number;
  readonly total: number;
}

export interface HygieneQuestion {
  readonly now: number;
  readonly tiers: readonly TierTraits[];
  readonly staleDays: number;
  /** Kinds of signal by which nobody engages. */
  readonly notKinds: readonly string[];
}

const mostEach = 100;
/** Of the accounts worth adding: most of a large portal can be, and nobody decides on more. */
export const mostCounted = 1_000;
const dayMs = 86_400_000;

/** Everything about a target list that asks for a decision, at most 100 rows of each kind with their number, which is counted to 1,000 for those worth adding. */
export async function readHygiene(db: Database, portalId: PortalId, asked: HygieneQuestion): Promise<HygieneRow[]> {
  const owned = asked.tiers.filter((tier) => tier.ownerRequired).map((tier) => tier.key);
  const parts = [
    worthAdding(portalId),
    excluded,
    outOfProfile,
    wonOrLost(portalId),
    withoutOwner(portalId, owned),
    stale(portalId, asked),
    ...asked.tiers.map((tier) => neglected(portalId, tier.key, tier.touchDays, asked.now)),
  ];
  const limited = parts.map(
    (part, number) =>
      sql`(SELECT p.*, ${number}::int AS part, count(*) OVER ()::int AS total FROM (${part}) p ORDER BY score DESC NULLS LAST, "accountId" LIMIT ${mostEach})`,
  );
  const { rows } = await sql<HygieneRow>`
    WITH listed AS MATERIALIZED (${listed(portalId)})
    SELECT kind, "accountId", r.properties ->> 'name' AS name, fact, since, part, total
    FROM (${sql.join(limited, sql` UNION ALL `)}) shown
    JOIN crm_records r ON r.portal_id = ${portalId} AND r.object_type = 'companies' AND r.object_id = "accountId" AND NOT r.archived
    ORDER BY part, score DESC NULLS LAST, "accountId"`.execute(db);
  return rows;
}

/** The list, read once for all questions about it. Its tier is the account's place, before there is one the band of its score. */
const listed = (portalId: PortalId) => sql`
  SELECT t.account_id, t.added_at, s.score, coalesce(m.tier, s.tier) AS tier,
    s.tier AS band, coalesce(s.moved_at, s.scored_at) AS moved_at, s.fits, s.fits_since
  FROM target_accounts t
  JOIN account_scores s ON s.portal_id = t.portal_id AND s.account_id = t.account_id
  JOIN crm_records r ON r.portal_id = t.portal_id AND r.object_type = 'companies' AND r.object_id = t.account_id AND NOT r.archived
  LEFT JOIN tier_members m ON m.portal_id = t.portal_id AND m.account_id = t.account_id
  WHERE t.portal_id = ${portalId}`;
const row = (kind: string, fact: RawBuilder<unknown>, since: RawBuilder<unknown> = sql`NULL::text`) =>
  sql`${kind}::text AS kind, l.account_id AS "accountId", ${fact} AS fact, ${since} AS since, l.score`;

/** Accounts that hold a place in one of these tiers. */
const members = (portalId: PortalId, tiers: readonly string[]) => sql`(
  SELECT m.account_id, m.tier, s.score, r.properties ->> 'hubspot_owner_id' AS owner
  FROM tier_members m
  JOIN account_scores s ON s.portal_id = m.portal_id AND s.account_id = m.account_id
  JOIN crm_records r ON r.portal_id = m.portal_id AND r.object_type = 'companies' AND r.object_id = m.account_id AND NOT r.archived
  WHERE m.portal_id = ${portalId} AND m.tier = ANY(${[...tiers]}::text[]) AND m.tier NOT IN ('out', 'excluded')) l`;

/**
 * Row 141: entered the ideal customer profile and shows intent, by the points of that axis; where the model has none, by its readiness.
 * One that was taken off the list comes back when it enters the profile again. From the highest score down, by the index of scores.
 */
const worthAdding = (portalId: PortalId) => sql`
  SELECT ${row("add", sql`l.intent`, sql`l.fits_since::text`)} FROM (
    SELECT account_id, score, fits_since, coalesce(nullif(output ->> 'touchstone_intent', ''), readiness::text) AS intent
    FROM account_scores WHERE portal_id = ${portalId} AND fits AND score IS NOT NULL) l
  WHERE l.intent::float8 > 0
    AND NOT EXISTS (SELECT FROM target_accounts t WHERE t.portal_id = ${portalId} AND t.account_id = l.account_id)
    AND NOT EXISTS (SELECT FROM former_targets f
      WHERE f.portal_id = ${portalId} AND f.account_id = l.account_id AND f.removed_at >= l.fits_since)
  ORDER BY l.score DESC, l.account_id LIMIT ${mostCounted}`;

const excluded = sql`
  SELECT ${row("remove", sql`l.band`, sql`l.moved_at::text`)} FROM listed l WHERE l.band = 'excluded'`;

/** By the gate: having no place, or waiting for one, is no reason to leave the list. */
const outOfProfile = sql`
  SELECT ${row("remove", sql`'profile'::text`, sql`l.fits_since::text`)} FROM listed l WHERE NOT l.fits AND l.band IS DISTINCT FROM 'excluded'`;

/**
 * The account's newest closed deal, when no deal is open. Only one that was closed while the account was on the list: a customer is
 * listed for the next deal, and who said no years ago for another try.
 */
const wonOrLost = (portalId: PortalId) => sql`
  SELECT ${row("remove", sql`d.outcome`, sql`d.closed_at`)} FROM listed l JOIN (
    SELECT DISTINCT ON (k.to_id) k.to_id, d.properties ->> 'closedate' AS closed_at,
      ${dealStateSql(sql`d.properties`)} AS outcome,
      bool_and(${dealStateSql(sql`d.properties`)} <> 'open') OVER (PARTITION BY k.to_id) AS closed
    FROM crm_links k JOIN crm_records d ON d.portal_id = k.portal_id AND d.object_type = 'deals' AND d.object_id = k.from_id AND NOT d.archived
    WHERE k.portal_id = ${portalId} AND k.to_type = 'companies' AND k.from_type = 'deals'
      AND k.to_id IN (SELECT account_id FROM listed)
    ORDER BY k.to_id, d.properties ->> 'closedate' DESC NULLS LAST, d.object_id) d ON d.to_id = l.account_id
  WHERE d.closed AND d.closed_at >= to_char(to_timestamp(l.added_at / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Row 66: some tiers have a named owner for each account (T26). */
const withoutOwner = (portalId: PortalId, owned: readonly string[]) => sql`
  SELECT ${row("no owner", sql`l.tier`)} FROM ${members(portalId, owned)} WHERE coalesce(l.owner, '') = ''`;

/** Row 142; the 180 days are ours. */
function stale(portalId: PortalId, { now, staleDays, notKinds }: HygieneQuestion) {
  const since = now - staleDays * dayMs;
  const within = sql`at > ${since}::bigint`;
  return sql`
    SELECT ${row("stale", sql`${String(staleDays)}::text`)} FROM listed l
    WHERE l.added_at < ${since}::bigint
      AND NOT EXISTS (${engagementOf(portalId, sql.ref("l.account_id"), { within, notKinds })})`;
}

/** Row 14: no touch by a person in one interval of its tier, as Reports count them (`readLastTouches`). */
function neglected(portalId: PortalId, key: string, days: number, now: number) {
  const since = now - days * dayMs;
  return sql`
    SELECT ${row("neglected", sql`${String(days)}::text`)} FROM listed l
    WHERE l.tier = ${key} AND l.added_at < ${since}::bigint
      AND NOT ${isTouchedByPerson(portalId, sql.ref("l.account_id"), { since, now })}`;
}
