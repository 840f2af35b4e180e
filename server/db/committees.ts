import type { MappingDepth } from "@touchstone/shared/committee-api.ts";
import type { AccountId, PortalId } from "@touchstone/shared/ids.ts";
import type { AssignedRole } from "@touchstone/shared/role-taxonomies.ts";
import { sql, type Transaction } from "kysely";
import { Conflict } from "../errors.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

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

interface Change {
  readonly by: string;
  readonly at: number;
}

/**
 * What is known of a member, who is added when nobody said anything yet. Held until the transaction ends: two people who change
 * different things of one member come one after the other, the first time too.
 */
export async function holdMember(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountId: AccountId,
  personId: string,
  changed: Change,
): Promise<CommitteeMember> {
  await sql`
    INSERT INTO committee_members (portal_id, account_id, person_id, roles, changed_by, changed_at)
    VALUES (${portalId}, ${accountId}, ${personId}, '[]', ${changed.by}, ${changed.at}) ON CONFLICT DO NOTHING`.execute(
    trx,
  );
  const { rows } = await sql<CommitteeMember>`
    SELECT person_id AS "personId", roles, influence, sentiment, level_judged AS "levelJudged", departed FROM committee_members
    WHERE portal_id = ${portalId} AND account_id = ${accountId} AND person_id = ${personId} FOR UPDATE`.execute(trx);
  const [member] = rows;
  if (!member) throw new Conflict("This account was just merged into another. Nothing was changed: look again.");
  return member;
}

/** Changes a member who is held. False when nothing of it is new. */
export async function saveMember(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountId: AccountId,
  member: CommitteeMember,
  changed: Change,
): Promise<boolean> {
  const roles = JSON.stringify(member.roles);
  const { rows } = await sql`
    UPDATE committee_members SET roles = ${roles}::jsonb, influence = ${member.influence}, sentiment = ${member.sentiment},
      level_judged = ${member.levelJudged}, departed = ${member.departed}, changed_by = ${changed.by}, changed_at = ${changed.at}
    WHERE portal_id = ${portalId} AND account_id = ${accountId} AND person_id = ${member.personId}
      AND (roles, influence, sentiment, level_judged, departed) IS DISTINCT FROM (${roles}::jsonb, ${member.influence}::smallint,
        ${member.sentiment}::smallint, ${member.levelJudged}::smallint, ${member.departed}::boolean)
    RETURNING 1`.execute(trx);
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
  changed: Change,
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
