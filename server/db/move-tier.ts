import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import { holdPortal } from "./portals.ts";
import type { Schema } from "./schema.ts";
import { lockTiers } from "./tier-runs.ts";

/**
 * `holdPortal` for a reading that may merge accounts. The stronger hold comes first: whoever erases somebody could else stand between
 * the two, and each would wait for the other.
 */
export async function holdForReading(
  trx: Transaction<Schema>,
  portalId: PortalId,
  objectType: string,
  movedTo: ReadonlyMap<string, string>,
): Promise<void> {
  if (objectType === "companies" && movedTo.size > 0) await lockTiers(trx, portalId);
  await holdPortal(trx, portalId);
}

/**
 * Holds the places of accounts, and whoever gives places, until the transaction ends. Before the scores of these accounts, as
 * whoever tells HubSpot of places takes the two.
 */
export async function holdPlaces(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<void> {
  await lockTiers(trx, portalId);
  await sql`
    SELECT FROM tier_members WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[])
    ORDER BY account_id FOR UPDATE`.execute(trx);
}

/**
 * Hands an account's place, what a person decided about it, and its history to the account that it was merged into, under
 * `holdPlaces`. Where that one has a place, or a person's decision, its own stands; to be out of all tiers by the rule is none. HubSpot
 * is told again: the record that is left may hold nothing of it.
 */
export async function moveTier(
  trx: Transaction<Schema>,
  portalId: PortalId,
  fromId: string,
  toId: string,
): Promise<void> {
  await sql`
    WITH old AS (DELETE FROM tier_overrides WHERE portal_id = ${portalId} AND account_id = ${fromId} RETURNING *)
    INSERT INTO tier_overrides SELECT portal_id, ${toId}, set_at, tier, reason, set_by, expires_at, ended_at, ended_by
    FROM old ON CONFLICT DO NOTHING`.execute(trx);
  await sql`
    DELETE FROM tier_members w WHERE portal_id = ${portalId} AND account_id = ${toId} AND tier IN ('out', 'excluded') AND NOT by_override
      AND EXISTS (SELECT FROM tier_members o
        WHERE o.portal_id = w.portal_id AND o.account_id = ${fromId} AND o.tier NOT IN ('out', 'excluded'))`.execute(
    trx,
  );
  await sql`
    WITH old AS (DELETE FROM tier_members WHERE portal_id = ${portalId} AND account_id = ${fromId} RETURNING *)
    INSERT INTO tier_members SELECT portal_id, ${toId}, tier, since, by_override, reason, waiting_for, waiting_since, demotion_to,
      demotion_why, demotion_state, demotion_at, demotion_reason, demotion_by, reassess_at, false
    FROM old ON CONFLICT DO NOTHING`.execute(trx);
  // Two accounts that moved in one pass have the same moment: of one kind of move one of the two stays.
  await sql`
    UPDATE tier_moves m SET account_id = ${toId} WHERE portal_id = ${portalId} AND account_id = ${fromId}
      AND NOT EXISTS (SELECT FROM tier_moves o WHERE o.portal_id = m.portal_id AND o.account_id = ${toId}
        AND o.moved_at = m.moved_at AND o.kind = m.kind)`.execute(trx);
  await sql`DELETE FROM tier_moves WHERE portal_id = ${portalId} AND account_id = ${fromId}`.execute(trx);
}
