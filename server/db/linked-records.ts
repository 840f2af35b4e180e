import { type AccountId, asAccountId, type PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** The people or deals of one account by id, as the mirror holds them; at most 2,000. */
export async function readLinkedRecords(
  db: Database,
  portalId: PortalId,
  type: "contacts" | "deals",
  accountId: AccountId,
): Promise<Map<string, Readonly<Record<string, string | null>>>> {
  const { rows } = await sql<{ id: string; properties: Record<string, string | null> }>`
    SELECT r.object_id AS id, r.properties FROM crm_links l
    JOIN crm_records r ON r.portal_id = l.portal_id AND r.object_type = l.from_type AND r.object_id = l.from_id
    WHERE l.portal_id = ${portalId} AND l.to_type = 'companies' AND l.to_id = ${accountId} AND l.from_type = ${type}
      AND NOT r.archived
    ORDER BY r.object_id LIMIT 2000`.execute(db);
  return new Map(rows.map((row) => [row.id, row.properties]));
}

export interface LinkedCompany {
  readonly companyId: AccountId;
  readonly name: string | null;
}

/** The companies of a person or deal: HubSpot's primary one first, then by id; at most 50. */
export async function readCompaniesOf(
  db: Database,
  portalId: PortalId,
  type: "contacts" | "deals",
  id: string,
): Promise<LinkedCompany[]> {
  const { rows } = await sql<{ companyId: string; name: string | null }>`
    SELECT l.to_id AS "companyId", r.properties ->> 'name' AS name FROM crm_links l
    JOIN crm_records r ON r.portal_id = l.portal_id AND r.object_type = 'companies' AND r.object_id = l.to_id
    WHERE l.portal_id = ${portalId} AND l.from_type = ${type} AND l.from_id = ${id} AND l.to_type = 'companies' AND NOT r.archived
    ORDER BY l.is_primary DESC, length(l.to_id), l.to_id LIMIT 50`.execute(db);
  return rows.map(({ companyId, name }) => ({ companyId: asAccountId(companyId), name }));
}

/** Ids of the people who are linked to a deal itself; at most 200. */
export async function readPeopleOfDeal(db: Database, portalId: PortalId, dealId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT to_id AS id FROM crm_links
    WHERE portal_id = ${portalId} AND from_type = 'deals' AND from_id = ${dealId} AND to_type = 'contacts'
    ORDER BY to_id LIMIT 200`.execute(db);
  return new Set(rows.map((row) => row.id));
}
