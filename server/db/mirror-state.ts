import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** What the mirror says of a record, gone or not. */
export interface MirrorState {
  readonly properties: Readonly<Record<string, string | null>>;
  readonly archived: boolean;
  readonly mergedInto: string | null;
  /** How long ago it was last read. */
  readonly ageMs: number;
}

export async function readMirrorStates(
  db: Database,
  portalId: PortalId,
  objectType: string,
  ids: readonly string[],
): Promise<Map<string, MirrorState>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<MirrorState & { id: string }>`
    SELECT object_id AS id, properties, archived, merged_into AS "mergedInto",
      (extract(epoch FROM now() - fetched_at) * 1000)::float8 AS "ageMs"
    FROM crm_records WHERE portal_id = ${portalId} AND object_type = ${objectType} AND object_id = ANY(${[...ids]}::text[])`.execute(
    db,
  );
  return new Map(rows.map(({ id, ...state }) => [id, state]));
}

/** Of records that live on under others now, the others: those of whom the mirror did not know it yet. */
export const newlyMerged = (
  before: ReadonlyMap<string, Pick<MirrorState, "mergedInto">>,
  movedTo: ReadonlyMap<string, string>,
): string[] => [...movedTo].flatMap(([from, to]) => (before.get(from)?.mergedInto === to ? [] : [to]));

/** Ids in the order of their key, after `after`. Merged ones live on under another id and are left out. */
export async function listMirrorIds(
  db: Database,
  portalId: PortalId,
  slice: { objectType: string; after: string | null; limit: number; gone: boolean },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT object_id AS id FROM crm_records
    WHERE portal_id = ${portalId} AND object_type = ${slice.objectType} AND object_id > ${slice.after ?? ""}
      AND (NOT archived OR (${slice.gone} AND merged_into IS NULL))
    ORDER BY object_id LIMIT ${slice.limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** Links of the given records, as "type:id" of the other end. */
export async function readLinkKeys(
  db: Database,
  portalId: PortalId,
  fromType: string,
  fromIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ id: string; key: string }>`
    SELECT from_id AS id, to_type || ':' || to_id AS key FROM crm_links
    WHERE portal_id = ${portalId} AND from_type = ${fromType} AND from_id = ANY(${[...fromIds]}::text[])`.execute(db);
  return new Map(
    [...Map.groupBy(rows, (row) => row.id)].map(([id, list]) => [id, new Set(list.map(({ key }) => key))]),
  );
}

/** Of the given ids, those that wait to be read anyway. */
export async function findWaitingRecords(
  db: Database,
  portalId: PortalId,
  objectType: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT object_id AS id FROM stale_records
    WHERE portal_id = ${portalId} AND object_type = ${objectType} AND object_id = ANY(${[...ids]}::text[])`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Ids of the records of one type that are there and linked to each of the given companies. Deleted ones keep their links. */
export async function readLinkedIds(
  db: Database,
  portalId: PortalId,
  fromType: string,
  companyIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  // Company by company: without statistics (a fresh database) all links of the portal would be read.
  const { rows } = await sql<{ fromId: string; toId: string }>`
    SELECT l.from_id AS "fromId", i.id AS "toId" FROM unnest(${[...companyIds]}::text[]) AS i(id) CROSS JOIN LATERAL (
      SELECT from_type, from_id FROM crm_links
      WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = i.id OFFSET 0) l
    WHERE l.from_type = ${fromType} AND NOT EXISTS (
      SELECT FROM crm_records r WHERE r.portal_id = ${portalId} AND r.object_type = ${fromType} AND r.object_id = l.from_id AND r.archived)`.execute(
    db,
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.toId)].map(([id, links]) => [id, new Set(links.map(({ fromId }) => fromId))]),
  );
}

/** The record in which a merged one lives on, over however many merges; null for one that was never merged away. */
export async function findMergedInto(
  db: Database,
  portalId: PortalId,
  objectType: string,
  id: string,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE trail (id) AS (
      SELECT merged_into FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = ${objectType} AND object_id = ${id} AND merged_into IS NOT NULL
      UNION
      SELECT r.merged_into FROM trail JOIN crm_records r
        ON r.portal_id = ${portalId} AND r.object_type = ${objectType} AND r.object_id = trail.id
      WHERE r.merged_into IS NOT NULL
    )
    SELECT t.id FROM trail t WHERE NOT EXISTS (
      SELECT FROM crm_records r WHERE r.portal_id = ${portalId} AND r.object_type = ${objectType} AND r.object_id = t.id
        AND r.merged_into IS NOT NULL)`.execute(db);
  return rows[0]?.id ?? null;
}
