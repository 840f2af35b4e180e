import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface TierCount {
  readonly tier: string;
  readonly members: number;
  readonly asking: number;
  readonly withoutOwner: number;
  readonly reassessDue: number;
}

const ofCompany = sql`LEFT JOIN crm_records r ON r.portal_id = m.portal_id AND r.object_type = 'companies' AND r.object_id = m.account_id`;
const noOwner = sql`coalesce(r.properties ->> 'hubspot_owner_id', '') = ''`;

/** How many accounts each tier has, "out" and "excluded" among them. */
export async function countTiers(db: Database, portalId: PortalId, now: number): Promise<TierCount[]> {
  const { rows } = await sql<TierCount>`
    WITH counted AS (SELECT m.tier, count(*)::int AS members FROM tier_members m WHERE m.portal_id = ${portalId} GROUP BY m.tier),
    asked AS (
      SELECT m.tier, count(*)::int AS asking FROM tier_members m
      WHERE m.portal_id = ${portalId} AND m.demotion_state = 'asked' GROUP BY m.tier),
    ownerless AS (
      SELECT m.tier, count(*)::int AS accounts FROM tier_members m ${ofCompany}
      WHERE m.portal_id = ${portalId} AND m.tier NOT IN ('out', 'excluded')
        AND m.tier = ANY(ARRAY(SELECT tier FROM counted)) AND ${noOwner} GROUP BY m.tier),
    due AS (
      SELECT m.tier, count(*)::int AS accounts FROM tier_members m
      WHERE m.portal_id = ${portalId} AND m.reassess_at <= ${now} GROUP BY m.tier)
    SELECT c.tier, c.members, coalesce(a.asking, 0) AS asking, coalesce(o.accounts, 0) AS "withoutOwner",
      coalesce(d.accounts, 0) AS "reassessDue"
    FROM counted c LEFT JOIN asked a USING (tier) LEFT JOIN ownerless o USING (tier) LEFT JOIN due d USING (tier)`.execute(
    db,
  );
  return rows;
}

export async function countWaiting(db: Database, portalId: PortalId): Promise<Map<string, number>> {
  const { rows } = await sql<{ tier: string; n: number }>`
    SELECT waiting_for AS tier, count(*)::int AS n FROM tier_members
    WHERE portal_id = ${portalId} AND waiting_for IS NOT NULL GROUP BY waiting_for`.execute(db);
  return new Map(rows.map(({ tier, n }) => [tier, n]));
}

export interface ListedMember {
  readonly accountId: string;
  readonly name: string | null;
  readonly score: number | null;
  readonly tier: string;
  readonly since: number;
  readonly reason: string;
  readonly waitingFor: string | null;
  readonly waitingSince: number | null;
  readonly demotionTo: string | null;
  readonly demotionAt: number | null;
  readonly demotionReason: string | null;
}

/** Who waits, whose place is at stake, or who has no owner in the given tiers; the highest score first. */
export async function listMembers(
  db: Database,
  portalId: PortalId,
  which: "waiting" | "asking" | { readonly withoutOwnerIn: readonly string[] },
  limit: number,
): Promise<ListedMember[]> {
  const condition =
    which === "waiting"
      ? sql`m.waiting_for IS NOT NULL AND s.score IS NOT NULL`
      : which === "asking"
        ? sql`m.demotion_state = 'asked'`
        : sql`m.tier = ANY(${[...which.withoutOwnerIn]}::text[]) AND m.tier NOT IN ('out', 'excluded') AND ${noOwner}`;
  // A whole portal may wait, each by a score: these are found in the order of scores.
  const order = which === "waiting" ? sql`s.score DESC` : sql`s.score DESC NULLS LAST`;
  const { rows } = await sql<ListedMember>`
    SELECT m.account_id AS "accountId", r.properties ->> 'name' AS name, s.score, m.tier, m.since, m.reason,
      m.waiting_for AS "waitingFor", m.waiting_since AS "waitingSince", m.demotion_to AS "demotionTo",
      m.demotion_at AS "demotionAt", m.demotion_reason AS "demotionReason"
    FROM tier_members m ${ofCompany}
    JOIN account_scores s ON s.portal_id = m.portal_id AND s.account_id = m.account_id
    WHERE m.portal_id = ${portalId} AND ${condition}
    ORDER BY ${order}, m.account_id LIMIT ${limit}`.execute(db);
  return rows;
}

/** Members of a tier, without those that an override holds, the last in score first. */
export async function findLastMember(db: Database, portalId: PortalId, tier: string): Promise<string | null> {
  const { rows } = await sql<{ accountId: string }>`
    SELECT m.account_id AS "accountId" FROM tier_members m
    JOIN account_scores s ON s.portal_id = m.portal_id AND s.account_id = m.account_id
    WHERE m.portal_id = ${portalId} AND m.tier = ${tier} AND NOT m.by_override AND m.demotion_state IS DISTINCT FROM 'approved'
    ORDER BY s.score NULLS FIRST, m.account_id DESC LIMIT 1`.execute(db);
  return rows[0]?.accountId ?? null;
}

/** Place of an account among those that wait for a tier, from 1, by score; null: behind the first `most`. */
export async function rankAmongWaiting(
  db: Database,
  portalId: PortalId,
  tier: string,
  accountId: string,
  most: number,
): Promise<number | null> {
  const { rows } = await sql<{ before: number }>`
    SELECT count(*)::int AS before FROM (
      SELECT FROM account_scores s
      JOIN tier_members m ON m.portal_id = s.portal_id AND m.account_id = s.account_id AND m.waiting_for = ${tier}
      WHERE s.portal_id = ${portalId}
        AND s.score > (SELECT score FROM account_scores WHERE portal_id = ${portalId} AND account_id = ${accountId})
      ORDER BY s.score DESC LIMIT ${most}) better`.execute(db);
  const before = rows[0]?.before ?? 0;
  return before < most ? before + 1 : null;
}

/** Who comes into a tier at the next pass because an override says so, less those whose move down is approved and whom none keeps. */
export async function countPlanned(db: Database, portalId: PortalId, tier: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT ((SELECT count(*) FROM tier_overrides o
        JOIN tier_members m ON m.portal_id = o.portal_id AND m.account_id = o.account_id AND m.tier <> o.tier
        WHERE o.portal_id = ${portalId} AND o.ended_at IS NULL AND o.tier = ${tier})
      - (SELECT count(*) FROM tier_members m
        WHERE m.portal_id = ${portalId} AND m.tier = ${tier} AND m.demotion_state = 'approved' AND NOT EXISTS (
          SELECT FROM tier_overrides o WHERE o.portal_id = m.portal_id AND o.account_id = m.account_id AND o.ended_at IS NULL
            AND o.tier = m.tier)))::int AS n`.execute(db);
  return rows[0]?.n ?? 0;
}
