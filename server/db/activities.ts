import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { isByPerson, isoText, isTouch } from "./touches.ts";

export interface AccountActivity {
  readonly accountId: string;
  /** The moment that was asked for. */
  readonly since: number;
  readonly objectType: string;
  readonly properties: Readonly<Record<string, string | null>>;
}

/** At most so many of one account: the first of them stops its clock. */
const mostEach = 500;

/**
 * Outreach by a person (see `outreachOf`) to accounts and to their people, for each account since a moment, the earliest first;
 * whichever way it is linked. A machine's emails are left out here, so that hundreds of them hide no answer. An account may be
 * asked for several times, since other moments.
 */
export async function readActivities(
  db: Database,
  portalId: PortalId,
  accounts: readonly { readonly accountId: string; readonly since: number }[],
  types: readonly string[],
): Promise<AccountActivity[]> {
  if (accounts.length === 0) return [];
  // Account by account and link by link, see accountsOf.
  const { rows } = await sql<AccountActivity>`
    SELECT i.id AS "accountId", i.since, r.object_type AS "objectType", r.properties
    FROM unnest(${accounts.map((one) => one.accountId)}::text[], ${accounts.map((one) => one.since)}::bigint[],
      ${accounts.map((one) => new Date(one.since).toISOString())}::text[]) AS i(id, since, since_text) CROSS JOIN LATERAL (
      SELECT r.object_type, r.properties FROM (
        SELECT from_type, from_id FROM crm_links
        WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = i.id AND from_type = ANY(${[...types]}::text[])
        UNION
        SELECT a.from_type, a.from_id FROM crm_links p CROSS JOIN LATERAL (
          SELECT from_type, from_id FROM crm_links
          WHERE portal_id = ${portalId} AND to_type = 'contacts' AND to_id = p.from_id AND from_type = ANY(${[...types]}::text[]) OFFSET 0) a
        WHERE p.portal_id = ${portalId} AND p.to_type = 'companies' AND p.to_id = i.id AND p.from_type = 'contacts'
      ) l JOIN crm_records r ON r.portal_id = ${portalId} AND r.object_type = l.from_type AND r.object_id = l.from_id
      WHERE NOT r.archived AND ${isTouch} AND ${isByPerson} AND ${loggedAt} >= i.since_text
      ORDER BY ${loggedAt} LIMIT ${mostEach}) r`.execute(db);
  return rows;
}

const loggedAt = isoText(sql`(r.properties ->> 'hs_timestamp')`);
