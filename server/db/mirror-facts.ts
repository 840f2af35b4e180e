import type { PortalId } from "@touchstone/shared/ids.ts";
import type { AssignedRole } from "@touchstone/shared/role-taxonomies.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** What the mirror in HubSpot is made of, the first `limit` of each kind. */
export async function readPlaces(db: Database, portalId: PortalId, tiers: readonly string[], limit: number) {
  const { rows } = await sql<{ key: string; toId: string }>`
    SELECT tier AS key, account_id AS "toId" FROM tier_members
    WHERE portal_id = ${portalId} AND tier = ANY(${[...tiers]}::text[]) ORDER BY tier, account_id LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

export async function readEnrolledAccounts(db: Database, portalId: PortalId, limit: number) {
  const { rows } = await sql<{ key: string; toId: string }>`
    SELECT play_id::text AS key, account_id AS "toId" FROM play_accounts
    WHERE portal_id = ${portalId} AND status <> 'left' ORDER BY play_id, account_id LIMIT ${limit}`.execute(db);
  return rows;
}

/** Of people who are still with the company, and whom HubSpot has. */
export async function readAssignments(db: Database, portalId: PortalId, limit: number) {
  const { rows } = await sql<{ accountId: string; personId: string; roles: readonly AssignedRole[] }>`
    SELECT m.account_id AS "accountId", m.person_id AS "personId", m.roles FROM committee_members m
    JOIN crm_records r ON r.portal_id = m.portal_id AND r.object_type = 'contacts' AND r.object_id = m.person_id AND NOT r.archived
    JOIN crm_records c ON c.portal_id = m.portal_id AND c.object_type = 'companies' AND c.object_id = m.account_id AND NOT c.archived
    WHERE m.portal_id = ${portalId} AND NOT m.departed ORDER BY m.account_id, m.person_id LIMIT ${limit}`.execute(db);
  return rows;
}

/**
 * Takes over a name that somebody gave a play in HubSpot, unless it was changed here since `before` was sent there. The mirror
 * wants it at once: it would write the one before until it is planned again.
 */
export async function renamePlay(
  db: Database,
  portalId: PortalId,
  playId: string,
  name: { readonly before: string; readonly after: string },
): Promise<boolean> {
  const { rows } = await sql`
    WITH taken AS (
      UPDATE plays SET document = jsonb_set(document, '{name}', to_jsonb(${name.after}::text))
      WHERE portal_id = ${portalId} AND play_id = ${playId}::uuid AND document ->> 'name' = ${name.before} RETURNING 1)
    UPDATE mirror_records SET wanted = jsonb_set(wanted, '{play_name}', to_jsonb(${name.after}::text))
    WHERE portal_id = ${portalId} AND object = 'play' AND our_key = ${playId} AND EXISTS (SELECT FROM taken) RETURNING 1`.execute(
    db,
  );
  return rows.length > 0;
}
