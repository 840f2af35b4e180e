import type { PortalId } from "@touchstone/shared/ids.ts";
import type { AssignedRole } from "@touchstone/shared/role-taxonomies.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { holdPortal } from "./portals.ts";

/** A person with their assignments at all companies, and what we wrote of them into HubSpot's buying role. */
export interface RoleHolder {
  readonly personId: string;
  readonly roles: readonly AssignedRole[];
  readonly done: readonly string[];
  readonly ours: readonly string[];
  /** Not before then: HubSpot refused the last one. */
  readonly retryAt: number;
}

/**
 * In the order of their ids, after one of them. Whoever is departed holds no role any more; whoever HubSpot does not have, or has
 * under another id, is left out.
 */
export async function readRoleHolders(
  db: Database,
  portalId: PortalId,
  after: string,
  limit: number,
): Promise<RoleHolder[]> {
  const { rows } = await sql<Omit<RoleHolder, "roles"> & { roles: AssignedRole[][] }>`
    SELECT p.id AS "personId", coalesce(w.done, '{}') AS done, coalesce(w.ours, '{}') AS ours,
      coalesce(w.retry_at, 0) AS "retryAt", coalesce((SELECT jsonb_agg(m.roles ORDER BY m.account_id) FROM committee_members m
        WHERE m.portal_id = ${portalId} AND m.person_id = p.id AND NOT m.departed), '[]') AS roles
    FROM (
      SELECT h.id FROM (
        SELECT person_id AS id FROM committee_members WHERE portal_id = ${portalId} AND person_id > ${after}
        UNION SELECT person_id FROM buying_role_writes WHERE portal_id = ${portalId} AND person_id > ${after}) h
      JOIN crm_records r ON r.portal_id = ${portalId} AND r.object_type = 'contacts' AND r.object_id = h.id AND NOT r.archived
      ORDER BY h.id LIMIT ${limit}) p
    LEFT JOIN buying_role_writes w ON w.portal_id = ${portalId} AND w.person_id = p.id
    ORDER BY p.id`.execute(db);
  return rows.map((row) => ({ ...row, roles: row.roles.flat() }));
}

export interface RoleWrite {
  readonly personId: string;
  readonly done: readonly string[];
  readonly ours: readonly string[];
  readonly retryAt?: number;
  readonly refusal?: string;
}

/** False, and nothing saved, when somebody was erased since `erasures` was read: they may be among these people. */
export async function saveRoleWrites(
  db: Database,
  portalId: PortalId,
  erasures: number,
  writes: readonly RoleWrite[],
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if ((await holdPortal(trx, portalId)) !== erasures) return false;
    await insertRoleWrites(trx, portalId, writes);
    return true;
  });
}

async function insertRoleWrites(db: Database, portalId: PortalId, writes: readonly RoleWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const rows = [...writes].sort((a, b) => (a.personId < b.personId ? -1 : 1));
  const lists = (of: (row: RoleWrite) => readonly string[]) =>
    sql`${rows.map((row) => JSON.stringify(of(row)))}::text[]`;
  await sql`
    INSERT INTO buying_role_writes (portal_id, person_id, done, ours, retry_at, refusal)
    SELECT ${portalId}::bigint, id, ARRAY(SELECT jsonb_array_elements_text(done::jsonb)),
      ARRAY(SELECT jsonb_array_elements_text(ours::jsonb)), retry_at, refusal
    FROM unnest(${rows.map((row) => row.personId)}::text[], ${lists((row) => row.done)}, ${lists((row) => row.ours)},
      ${rows.map((row) => row.retryAt ?? 0)}::bigint[], ${rows.map((row) => row.refusal?.slice(0, 500) ?? null)}::text[])
      AS t(id, done, ours, retry_at, refusal)
    ON CONFLICT (portal_id, person_id) DO UPDATE
    SET done = excluded.done, ours = excluded.ours, retry_at = excluded.retry_at, refusal = excluded.refusal`.execute(
    db,
  );
}

/** People who are not in HubSpot any more. */
export async function forgetRoleWrites(db: Database, portalId: PortalId, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await sql`
    DELETE FROM buying_role_writes WHERE portal_id = ${portalId} AND person_id = ANY(${[...personIds]}::text[])`.execute(
    db,
  );
}

/** Portals whose admin lets us write buying roles. */
export async function listRolePortals(db: Database, name: string): Promise<PortalId[]> {
  const { rows } = await sql<{ portalId: PortalId }>`
    SELECT p.portal_id AS "portalId" FROM portal_settings s JOIN portals p ON p.portal_id = s.portal_id AND p.status = 'ready'
    WHERE s.name = ${name} AND s.document = 'true' ORDER BY p.portal_id`.execute(db);
  return rows.map((row) => row.portalId);
}
