import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

export interface RecentSignal {
  readonly accountId: string;
  readonly kind: string;
  readonly personId: string | null;
  readonly at: number;
  readonly subject: string | null;
  readonly strength: number | null;
}

/** The newest signals of accounts and of their people since a moment, newest first; those of muted sources are left out. */
export async function readRecentSignals(
  db: Database,
  portalId: PortalId,
  accountIds: readonly string[],
  since: number,
  mostEach: number,
): Promise<RecentSignal[]> {
  if (accountIds.length === 0) return [];
  // Account by account, see accountsOf.
  const { rows } = await sql<RecentSignal>`
    SELECT i.id AS "accountId", s.kind, s.person_id AS "personId", s.at, s.subject, s.strength
    FROM unnest(${[...accountIds]}::text[]) AS i(id) CROSS JOIN LATERAL (
      SELECT kind, person_id, at, subject, strength, signal_key FROM signals
      WHERE portal_id = ${portalId} AND at >= ${since} AND (
        person_id = ANY(ARRAY(SELECT from_id FROM crm_links
          WHERE portal_id = ${portalId} AND to_type = 'companies' AND to_id = i.id AND from_type = 'contacts'))
        OR (person_id IS NULL AND account_id = i.id))
        AND source NOT IN (SELECT source FROM muted_sources WHERE portal_id = ${portalId})
      ORDER BY at DESC, signal_key LIMIT ${mostEach}) s
    ORDER BY i.id, s.at DESC, s.kind`.execute(db);
  return rows;
}

/** The newest signal of each person since a moment; those of muted sources are left out. */
export async function readNewestOfPeople(
  db: Database,
  portalId: PortalId,
  personIds: readonly string[],
  since: number,
): Promise<Map<string, Pick<RecentSignal, "kind" | "at" | "subject">>> {
  const { rows } = await sql<Pick<RecentSignal, "kind" | "at" | "subject"> & { id: string }>`
    SELECT i.id, s.* FROM unnest(${[...personIds]}::text[]) AS i(id) CROSS JOIN LATERAL (
      SELECT kind, at, subject FROM signals
      WHERE portal_id = ${portalId} AND person_id = i.id AND at >= ${since}
        AND source NOT IN (SELECT source FROM muted_sources WHERE portal_id = ${portalId})
      ORDER BY at DESC, signal_key LIMIT 1) s`.execute(db);
  return new Map(rows.map(({ id, ...signal }) => [id, signal]));
}

/** The newest signals of one person, whatever company they belong to; those of muted sources are left out. */
export async function readPersonSignals(
  db: Database,
  portalId: PortalId,
  personId: string,
  since: number,
  most: number,
): Promise<Pick<RecentSignal, "kind" | "at" | "subject">[]> {
  const { rows } = await sql<Pick<RecentSignal, "kind" | "at" | "subject">>`
    SELECT kind, at, subject FROM signals
    WHERE portal_id = ${portalId} AND person_id = ${personId} AND at >= ${since}
      AND source NOT IN (SELECT source FROM muted_sources WHERE portal_id = ${portalId})
    ORDER BY at DESC, signal_key LIMIT ${most}`.execute(db);
  return rows;
}
