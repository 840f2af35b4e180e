import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import type { SignalRatings } from "@touchstone/shared/signals-api.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** A signal that another system sent, about a person or about an account as a whole. */
export interface SentSignal extends Signal {
  readonly accountId: string | null;
  readonly ratings: SignalRatings | null;
  readonly legalBasis: string | null;
}

/** Adds signals whose keys are not there yet, in key order so that two batches cannot deadlock. Returns the new keys. */
export async function addSentSignals(
  trx: Transaction<Schema>,
  portalId: PortalId,
  origin: string,
  signals: readonly SentSignal[],
): Promise<Set<string>> {
  const list = <T>(of: (signal: SentSignal) => T): T[] => signals.map(of);
  const { rows } = await sql<{ key: string }>`
    INSERT INTO signals (portal_id, signal_key, kind, person_id, account_id, at, source, strength, subject, expires_at,
      ratings, legal_basis, origin)
    SELECT ${portalId}::bigint, key, kind, person_id, account_id, at, source, strength, subject, expires_at, ratings::jsonb,
      legal_basis, ${origin}
    FROM unnest(${list((s) => s.key)}::text[], ${list((s) => s.kind)}::text[], ${list((s) => s.personId)}::text[],
      ${list((s) => s.accountId)}::text[], ${list((s) => s.at)}::bigint[], ${list((s) => s.source)}::text[],
      ${list((s) => s.strength)}::float8[], ${list((s) => s.subject)}::text[], ${list((s) => s.expiresAt)}::bigint[],
      ${list((s) => (s.ratings ? JSON.stringify(s.ratings) : null))}::text[], ${list((s) => s.legalBasis)}::text[])
      AS t(key, kind, person_id, account_id, at, source, strength, subject, expires_at, ratings, legal_basis)
    ORDER BY key
    ON CONFLICT DO NOTHING
    RETURNING signal_key AS key`.execute(trx);
  return new Set(rows.map((row) => row.key));
}

/**
 * The record that lives on under each id: itself, or what it was merged into. Ids that are deleted or not known are absent.
 * The records cannot be erased before the transaction ends, so that no signal outlives its person.
 */
export async function findLiving(
  trx: Transaction<Schema>,
  portalId: PortalId,
  objectType: "contacts" | "companies",
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ asked: string; id: string }>`
    WITH RECURSIVE chain AS (
      SELECT object_id AS asked, object_id AS id, archived, merged_into, 1 AS hops FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = ${objectType} AND object_id = ANY(${[...ids]}::text[])
      UNION ALL
      SELECT c.asked, r.object_id, r.archived, r.merged_into, c.hops + 1 FROM chain c
      JOIN crm_records r ON r.portal_id = ${portalId} AND r.object_type = ${objectType} AND r.object_id = c.merged_into
      WHERE c.hops < 10
    )
    SELECT c.asked, r.object_id AS id FROM chain c
    JOIN crm_records r ON r.portal_id = ${portalId} AND r.object_type = ${objectType} AND r.object_id = c.id AND NOT r.archived
    WHERE NOT c.archived ORDER BY r.object_id FOR KEY SHARE OF r`.execute(trx);
  return new Map(rows.map((row) => [row.asked, row.id]));
}

/** Companies by web domain, with or without "www."; a domain may be several companies'. */
export async function findByDomain(
  db: Database,
  portalId: PortalId,
  domains: readonly string[],
): Promise<Map<string, string[]>> {
  if (domains.length === 0) return new Map();
  const spellings = domains.flatMap((domain) => [domain, `www.${domain}`]);
  // One by one, as in accountsOf: without statistics every company of the portal would be read.
  const { rows } = await sql<{ domain: string; id: string }>`
    SELECT i.domain, r.object_id AS id FROM unnest(${spellings}::text[]) AS i(domain) CROSS JOIN LATERAL (
      SELECT object_id FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'companies' AND NOT archived
        AND lower(properties ->> 'domain') = i.domain OFFSET 0) r`.execute(db);
  const found = new Map<string, string[]>();
  for (const { domain, id } of rows) {
    const plain = domain.replace(/^www\./, "");
    found.set(plain, [...(found.get(plain) ?? []), id]);
  }
  return found;
}
