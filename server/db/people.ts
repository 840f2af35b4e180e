import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/**
 * Erases a person for good: the mirror, links, signals and every stored snapshot or ledger that rests on them. Only a
 * hash of the id stays, so that a late event does not bring the person back (hubspot-api.md §6.8). Returns the accounts to
 * score again.
 */
export async function erasePerson(
  trx: Transaction<Schema>,
  portalId: PortalId,
  personId: string,
  personHash: Buffer,
): Promise<string[]> {
  await sql`
    INSERT INTO erased_people (portal_id, person_hash) VALUES (${portalId}, ${personHash}) ON CONFLICT DO NOTHING`.execute(
    trx,
  );
  const { rows } = await sql<{ id: string }>`
    DELETE FROM crm_links WHERE portal_id = ${portalId}
      AND ((from_type = 'contacts' AND from_id = ${personId}) OR (to_type = 'contacts' AND to_id = ${personId}))
    RETURNING CASE WHEN to_type = 'companies' THEN to_id END AS id`.execute(trx);
  await sql`
    DELETE FROM crm_records WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = ${personId}`.execute(
    trx,
  );
  await sql`DELETE FROM signals WHERE portal_id = ${portalId} AND person_id = ${personId}`.execute(trx);
  const mentioned = JSON.stringify([{ id: personId }]);
  const redacted = await sql<{ id: string }>`
    UPDATE score_history SET snapshot = NULL, priority = NULL, readiness = NULL, reasons = '["A person was erased."]'
    WHERE portal_id = ${portalId} AND snapshot @> jsonb_build_object('people', ${mentioned}::jsonb)
    RETURNING account_id AS id`.execute(trx);
  const current = await sql<{ id: string }>`
    SELECT account_id AS id FROM account_scores
    WHERE portal_id = ${portalId} AND snapshot @> jsonb_build_object('people', ${mentioned}::jsonb)`.execute(trx);
  return [...new Set([...rows, ...redacted.rows, ...current.rows].flatMap((row) => (row.id ? [row.id] : [])))];
}

/** Which of these people were erased; their records are not taken in again. */
export async function findErased(
  trx: Transaction<Schema>,
  portalId: PortalId,
  hashes: readonly Buffer[],
): Promise<Set<string>> {
  const { rows } = await sql<{ hash: Buffer }>`
    SELECT person_hash AS hash FROM erased_people WHERE portal_id = ${portalId} AND person_hash = ANY(${[...hashes]}::bytea[])`.execute(
    trx,
  );
  return new Set(rows.map((row) => row.hash.toString("hex")));
}
