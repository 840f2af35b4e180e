import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Bounds the memory of portals with giant accounts: made into objects a proof takes some ten times that. */
const maxPageBytes = 4_000_000;

export interface ProofPage {
  /** See `packProof`. */
  readonly proofs: readonly string[];
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null;
}

/** Proofs of the present scores of a portal by account id, a page at a time: at most `limit` and 4 MB of them, at least one. */
export async function readProofPage(
  db: Database,
  portalId: PortalId,
  after: string,
  limit: number,
): Promise<ProofPage> {
  const { rows } = await sql<{ accountId: string; proof: string | null }>`
    WITH sized AS MATERIALIZED (
      SELECT account_id, octet_length(proof) AS bytes FROM account_scores
      WHERE portal_id = ${portalId} AND account_id > ${after} ORDER BY account_id LIMIT ${limit}
    ), page AS (
      SELECT account_id, sum(bytes) OVER (ORDER BY account_id) - bytes AS bytes_before FROM sized
    )
    SELECT s.account_id AS "accountId", s.proof FROM page
    JOIN account_scores s ON s.portal_id = ${portalId} AND s.account_id = page.account_id
    WHERE coalesce(page.bytes_before, 0) < ${maxPageBytes} ORDER BY s.account_id`.execute(db);
  return {
    proofs: rows.flatMap(({ proof }) => proof ?? []),
    next: rows.at(-1)?.accountId ?? null,
  };
}

export async function countSnapshots(db: Database, portalId: PortalId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM account_scores WHERE portal_id = ${portalId} AND proof IS NOT NULL`.execute(db);
  return rows[0]?.n ?? 0;
}

/**
 * Those of some company properties that a company of the mirror lacks. Asked of every company: one that was read while no model
 * wanted a property lost it, whatever the others hold. All of them while nothing is read yet.
 */
export async function listLackingProperties(
  db: Database,
  portalId: PortalId,
  names: readonly string[],
): Promise<string[]> {
  const companies = sql`SELECT FROM crm_records WHERE portal_id = ${portalId} AND object_type = 'companies' AND NOT archived`;
  const wanted = sql`${[...names]}::text[]`;
  // One look at all of them first: usually nothing lacks, and a look for each name would be as many.
  const { rows } = await sql<{ name: string }>`
    WITH missing AS MATERIALIZED (
      SELECT NOT EXISTS (${companies}) AS nothing_is_read, EXISTS (${companies} AND NOT properties ?& ${wanted}) AS one_lacks)
    SELECT name FROM missing, unnest(${wanted}) AS name
    WHERE nothing_is_read OR (one_lacks AND EXISTS (${companies} AND NOT properties ? name))`.execute(db);
  const lacking = new Set(rows.map((row) => row.name));
  return names.filter((name) => lacking.has(name));
}

/** Names of company properties that the mirror holds, as far as 200 of its companies show. */
export async function listMirroredProperties(db: Database, portalId: PortalId): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    SELECT DISTINCT name FROM (
      SELECT properties FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'companies' AND NOT archived LIMIT 200
    ) sample, jsonb_object_keys(sample.properties) AS name`.execute(db);
  return new Set(rows.map((row) => row.name));
}
