import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export interface MirrorRecord {
  readonly objectId: string;
  readonly properties: Readonly<Record<string, string | null>>;
}

export interface MirrorLink {
  readonly fromId: string;
  readonly toType: string;
  readonly toId: string;
  readonly primary: boolean;
}

/** What one read of HubSpot brought: records of one type, those that were not there, and links where they were read. */
export interface MirrorRead {
  readonly objectType: string;
  /** From `nextReadNo`, taken before the request: a later read is never overwritten by an earlier one. */
  readonly readNo: number;
  readonly found: readonly MirrorRecord[];
  readonly missing: readonly string[];
  /** Ids of found records whose links were read too; `links` holds all of theirs. */
  readonly linkedIds: readonly string[];
  readonly links: readonly MirrorLink[];
}

export interface SavedRead {
  /** Records that were saved; the others were read again meanwhile, and that reading stands. */
  readonly taken: ReadonlySet<string>;
  /** Accounts that the records touched before or touch now. */
  readonly touched: readonly string[];
}

export async function nextReadNo(db: Database): Promise<number> {
  const { rows } = await sql<{ no: number }>`SELECT nextval('read_numbers') AS no`.execute(db);
  const row = rows[0];
  if (!row) throw new Error("the sequence read_numbers gave no number");
  return row.no;
}

/** Holds records of one type in the order of their keys, as `saveRead` does with those that it saves. */
export async function lockRecords(
  trx: Transaction<Schema>,
  portalId: PortalId,
  objectType: string,
  ids: readonly string[],
): Promise<void> {
  await sql`
    SELECT FROM crm_records
    WHERE portal_id = ${portalId} AND object_type = ${objectType} AND object_id = ANY(${[...ids]}::text[])
    ORDER BY object_id FOR UPDATE`.execute(trx);
}

/** Saves a read into the mirror. */
export async function saveRead(trx: Transaction<Schema>, portalId: PortalId, read: MirrorRead): Promise<SavedRead> {
  const ids = [...read.found.map((r) => r.objectId), ...read.missing];
  const saved = await upsertRecords(trx, portalId, read);
  // Asked once the rows are ours: the links cannot be changed by another reading before we change them.
  const before = await accountsOf(trx, portalId, read.objectType, ids);
  const there = new Set(saved.filter((row) => !row.archived).map((row) => row.objectId));
  const linkedIds = read.linkedIds.filter((id) => there.has(id));
  if (linkedIds.length > 0) await replaceLinks(trx, portalId, read.objectType, linkedIds, read.links);
  const after = await accountsOf(trx, portalId, read.objectType, ids);
  return { taken: new Set(saved.map((row) => row.objectId)), touched: [...new Set([...before, ...after])] };
}

async function upsertRecords(
  trx: Transaction<Schema>,
  portalId: PortalId,
  read: MirrorRead,
): Promise<{ objectId: string; archived: boolean }[]> {
  const rows = [
    ...read.found.map((r) => ({ id: r.objectId, properties: JSON.stringify(r.properties), archived: false })),
    ...read.missing.map((id) => ({ id, properties: "{}", archived: true })),
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
  const saved = await sql<{ objectId: string; archived: boolean }>`
    INSERT INTO crm_records AS r (portal_id, object_type, object_id, properties, archived, read_no)
    SELECT ${portalId}::bigint, ${read.objectType}, id, properties::jsonb, archived, ${read.readNo}::bigint
    FROM unnest(${rows.map((r) => r.id)}::text[], ${rows.map((r) => r.properties)}::text[], ${rows.map((r) => r.archived)}::boolean[])
      AS t(id, properties, archived)
    ON CONFLICT (portal_id, object_type, object_id) DO UPDATE
    SET properties = CASE WHEN excluded.archived THEN r.properties ELSE excluded.properties END,
      archived = excluded.archived, merged_into = CASE WHEN excluded.archived THEN r.merged_into END,
      read_no = excluded.read_no, fetched_at = now()
    WHERE r.read_no < excluded.read_no
    RETURNING object_id AS "objectId", archived`.execute(trx);
  return saved.rows;
}

/** Only what differs is written: a link that goes leaves a trace in `former_members`. */
async function replaceLinks(
  trx: Transaction<Schema>,
  portalId: PortalId,
  objectType: string,
  fromIds: readonly string[],
  links: readonly MirrorLink[],
): Promise<void> {
  const taken = new Set(fromIds);
  const kept = links.filter((link) => taken.has(link.fromId));
  const given = sql`
    SELECT from_id, to_type, to_id, bool_or(is_primary) AS is_primary
    FROM unnest(${kept.map((l) => l.fromId)}::text[], ${kept.map((l) => l.toType)}::text[], ${kept.map((l) => l.toId)}::text[],
      ${kept.map((l) => l.primary)}::boolean[]) AS t(from_id, to_type, to_id, is_primary)
    GROUP BY from_id, to_type, to_id ORDER BY from_id, to_type, to_id`;
  await sql`
    DELETE FROM crm_links l
    WHERE l.portal_id = ${portalId} AND l.from_type = ${objectType} AND l.from_id = ANY(${[...fromIds]}::text[])
      AND (l.from_id, l.to_type, l.to_id) NOT IN (SELECT from_id, to_type, to_id FROM (${given}) g)`.execute(trx);
  await sql`
    INSERT INTO crm_links AS l (portal_id, from_type, from_id, to_type, to_id, is_primary)
    SELECT ${portalId}::bigint, ${objectType}, g.* FROM (${given}) g
    ON CONFLICT (portal_id, from_type, from_id, to_type, to_id) DO UPDATE SET is_primary = excluded.is_primary
    WHERE l.is_primary <> excluded.is_primary`.execute(trx);
}

/** Accounts that records belong to: companies are accounts, others by their links, activities also through their people. */
export async function accountsOf(
  db: Database | Transaction<Schema>,
  portalId: PortalId,
  objectType: string,
  ids: readonly string[],
): Promise<string[]> {
  if (objectType === "companies") return [...ids];
  // From the ids outwards, link by link: without statistics (a fresh database) the planner would join all links of a portal
  // with each other. OFFSET 0 keeps it from doing so.
  const linksFrom = (type: string, id: string) => sql`CROSS JOIN LATERAL (
    SELECT to_type, to_id FROM crm_links
    WHERE portal_id = ${portalId} AND from_type = ${type} AND from_id = ${sql.ref(id)} OFFSET 0) l`;
  const { rows } = await sql<{ id: string }>`
    WITH own AS MATERIALIZED (SELECT l.to_type, l.to_id FROM unnest(${[...ids]}::text[]) AS i(id) ${linksFrom(objectType, "i.id")})
    SELECT to_id AS id FROM own WHERE to_type = 'companies'
    UNION
    SELECT l.to_id FROM (SELECT DISTINCT to_id FROM own WHERE to_type = 'contacts') p ${linksFrom("contacts", "p.to_id")}
    WHERE l.to_type = 'companies'`.execute(db);
  return rows.map((row) => row.id);
}

export async function readRecords(
  db: Database | Transaction<Schema>,
  portalId: PortalId,
  objectType: string,
  ids: readonly string[],
): Promise<Map<string, Record<string, string | null>>> {
  if (ids.length === 0) return new Map();
  // One parameter for all ids: a statement takes 65,535 at most, and a hundred accounts may have more people.
  const { rows } = await sql<{ id: string; properties: Record<string, string | null> }>`
    SELECT object_id AS id, properties FROM crm_records
    WHERE portal_id = ${portalId} AND object_type = ${objectType} AND object_id = ANY(${[...ids]}::text[]) AND NOT archived`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, row.properties]));
}

export async function countRecords(db: Database, portalId: PortalId, objectType: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM crm_records WHERE portal_id = ${portalId} AND object_type = ${objectType} AND NOT archived`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** Of the given ids, those that the mirror has never held, not even as deleted. */
export async function findUnknownRecords(
  db: Database,
  portalId: PortalId,
  objectType: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM unnest(${[...ids]}::text[]) AS t(id) WHERE NOT EXISTS (
      SELECT FROM crm_records r WHERE r.portal_id = ${portalId} AND r.object_type = ${objectType} AND r.object_id = t.id)`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** Every account of a portal becomes dirty, in one statement. */
export async function markAllAccounts(db: Database, portalId: PortalId, priority: number): Promise<void> {
  await sql`
    INSERT INTO dirty_accounts (portal_id, account_id, priority)
    SELECT portal_id, object_id, ${priority}::smallint FROM crm_records
    WHERE portal_id = ${portalId} AND object_type = 'companies' AND NOT archived ORDER BY object_id
    ON CONFLICT (portal_id, account_id) DO UPDATE
    SET version = dirty_accounts.version + 1, priority = least(dirty_accounts.priority, excluded.priority)`.execute(db);
}
