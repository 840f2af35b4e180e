import type { MappingDepth } from "@touchstone/shared/committee-api.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { AssignedRole } from "@touchstone/shared/role-taxonomies.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface CommitteeMember {
  readonly personId: string;
  readonly roles: readonly AssignedRole[];
  readonly influence: number | null;
  readonly sentiment: number | null;
  /** 5 is never seen in events, somebody says it (row 109). */
  readonly levelJudged: number | null;
  readonly departed: boolean;
}

/** A role that is known by title or category only. */
export interface CommitteePlace extends AssignedRole {
  readonly depth: Exclude<MappingDepth, "person">;
  readonly named: string;
}

export async function readMembers(db: Database, portalId: PortalId, accountId: AccountId): Promise<CommitteeMember[]> {
  const { rows } = await sql<CommitteeMember>`
    SELECT person_id AS "personId", roles, influence, sentiment, level_judged AS "levelJudged", departed
    FROM committee_members WHERE portal_id = ${portalId} AND account_id = ${accountId} ORDER BY person_id`.execute(db);
  return rows;
}

export interface GivenRoles {
  readonly accountId: string;
  readonly personId: string;
  readonly roles: readonly AssignedRole[];
  readonly departed: boolean;
}

/** Of each account the people who were given roles, and those who have left. */
export async function readAssignedRoles(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
): Promise<GivenRoles[]> {
  const { rows } = await sql<GivenRoles>`
    SELECT account_id AS "accountId", person_id AS "personId", roles, departed FROM committee_members
    WHERE portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[]) ORDER BY account_id, person_id`.execute(
    db,
  );
  return rows;
}

/** False when nothing of it is new. */
export async function saveMember(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
  member: CommitteeMember,
  changed: { readonly by: string; readonly at: number },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO committee_members AS m (portal_id, account_id, person_id, roles, influence, sentiment, level_judged, departed, changed_by, changed_at)
    VALUES (${portalId}, ${accountId}, ${member.personId}, ${JSON.stringify(member.roles)}::jsonb, ${member.influence},
      ${member.sentiment}, ${member.levelJudged}, ${member.departed}, ${changed.by}, ${changed.at})
    ON CONFLICT (portal_id, account_id, person_id) DO UPDATE
    SET roles = excluded.roles, influence = excluded.influence, sentiment = excluded.sentiment, level_judged = excluded.level_judged,
      departed = excluded.departed, changed_by = excluded.changed_by, changed_at = excluded.changed_at
    WHERE (m.roles, m.influence, m.sentiment, m.level_judged, m.departed)
      IS DISTINCT FROM (excluded.roles, excluded.influence, excluded.sentiment, excluded.level_judged, excluded.departed)
    RETURNING 1`.execute(db);
  return rows.length > 0;
}

export async function readPlaces(db: Database, portalId: PortalId, accountId: AccountId): Promise<CommitteePlace[]> {
  const { rows } = await sql<CommitteePlace>`
    SELECT taxonomy, role, depth, named FROM committee_places
    WHERE portal_id = ${portalId} AND account_id = ${accountId} ORDER BY taxonomy, role, depth`.execute(db);
  return rows;
}

/** An empty name takes the place away. */
export async function savePlace(
  db: Database,
  portalId: PortalId,
  accountId: AccountId,
  place: CommitteePlace,
  changed: { readonly by: string; readonly at: number },
): Promise<void> {
  const key = sql`portal_id = ${portalId} AND account_id = ${accountId} AND taxonomy = ${place.taxonomy} AND role = ${place.role}
    AND depth = ${place.depth}`;
  if (place.named === "") {
    await sql`DELETE FROM committee_places WHERE ${key}`.execute(db);
    return;
  }
  await sql`
    INSERT INTO committee_places (portal_id, account_id, taxonomy, role, depth, named, changed_by, changed_at)
    VALUES (${portalId}, ${accountId}, ${place.taxonomy}, ${place.role}, ${place.depth}, ${place.named}, ${changed.by}, ${changed.at})
    ON CONFLICT (portal_id, account_id, taxonomy, role, depth) DO UPDATE
    SET named = excluded.named, changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(db);
}
