import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export interface PersonLink {
  readonly personId: string;
  readonly companyId: string;
}

/**
 * Saves the people of companies as the companies' own reading tells them, all of theirs. What a person's own, later reading
 * said stands; those people are returned, because that reading may not have been of their links.
 */
export async function savePeopleOfCompanies(
  trx: Transaction<Schema>,
  portalId: PortalId,
  reading: { readonly readNo: number; readonly companyIds: readonly string[]; readonly links: readonly PersonLink[] },
): Promise<string[]> {
  const held = await readPeopleOf(trx, portalId, reading.companyIds);
  const people = [...new Set([...held, ...reading.links].map((link) => link.personId))];
  const later = await lockLaterRead(trx, portalId, people, reading.readNo);
  const [told, known] = [new Set(reading.links.map(keyOf)), new Set(held.map(keyOf))];
  const gone = held.filter((link) => !told.has(keyOf(link)) && !later.has(link.personId));
  const fresh = reading.links.filter((link) => !known.has(keyOf(link)) && !later.has(link.personId));
  await deleteLinks(trx, portalId, gone);
  await sql`
    INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
    SELECT DISTINCT ${portalId}::bigint, 'contacts', person_id, 'companies', company_id FROM ${pairsOf(fresh)} ORDER BY 3, 5
    ON CONFLICT DO NOTHING`.execute(trx);
  return [...new Set(reading.links.map((link) => link.personId))].filter((id) => later.has(id));
}

const keyOf = ({ personId, companyId }: PersonLink): string => `${personId} ${companyId}`;

const pairsOf = (links: readonly PersonLink[]) =>
  sql`unnest(${links.map((l) => l.personId)}::text[], ${links.map((l) => l.companyId)}::text[]) AS t(person_id, company_id)`;

async function readPeopleOf(
  trx: Transaction<Schema>,
  portalId: PortalId,
  companyIds: readonly string[],
): Promise<PersonLink[]> {
  // Company by company, as in `accountsOf`.
  const { rows } = await sql<PersonLink>`
    SELECT l.from_id AS "personId", c.id AS "companyId" FROM unnest(${[...companyIds]}::text[]) AS c(id) CROSS JOIN LATERAL (
      SELECT from_id FROM crm_links
      WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = c.id AND from_type = 'contacts' OFFSET 0) l`.execute(
    trx,
  );
  return rows;
}

/** Locked, so that no reading of a person changes their links at the same time. */
async function lockLaterRead(
  trx: Transaction<Schema>,
  portalId: PortalId,
  people: readonly string[],
  readNo: number,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string; readNo: number }>`
    SELECT object_id AS id, read_no AS "readNo" FROM crm_records
    WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = ANY(${[...people]}::text[])
    ORDER BY object_id FOR UPDATE`.execute(trx);
  return new Set(rows.filter((row) => row.readNo > readNo).map((row) => row.id));
}

async function deleteLinks(trx: Transaction<Schema>, portalId: PortalId, links: readonly PersonLink[]): Promise<void> {
  if (links.length === 0) return;
  await sql`
    DELETE FROM crm_links l USING ${pairsOf(links)}
    WHERE l.portal_id = ${portalId} AND l.from_type = 'contacts' AND l.from_id = ANY(${links.map((link) => link.personId)}::text[])
      AND l.to_type = 'companies' AND l.from_id = t.person_id AND l.to_id = t.company_id`.execute(trx);
}

/** Of the given records those that were read, found or not, since a reading. */
export async function findReadSince(
  db: Database,
  portalId: PortalId,
  objectType: string,
  ids: readonly string[],
  readNo: number,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    SELECT object_id AS id FROM crm_records
    WHERE portal_id = ${portalId} AND object_type = ${objectType} AND object_id = ANY(${[...ids]}::text[])
      AND read_no >= ${readNo}::bigint`.execute(db);
  return new Set(rows.map((row) => row.id));
}
