import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/**
 * Erases a person for good: the mirror with the ids that were merged into this one, links, signals, events, and every
 * stored snapshot or ledger that rests on them. Only hashes of the ids stay, so that a late event does not bring the
 * person back (hubspot-api.md §6.8). Doing it again finds what came in since. Returns the accounts to score again.
 */
export async function erasePerson(
  trx: Transaction<Schema>,
  portalId: PortalId,
  personId: string,
  hashOf: (personId: string) => Buffer,
): Promise<string[]> {
  const ids = [personId, ...(await findFormerIds(trx, portalId, personId))];
  await addTombstones(trx, portalId, ids.map(hashOf));
  const { rows } = await sql<{ id: string | null }>`
    DELETE FROM crm_links WHERE portal_id = ${portalId}
      AND ((from_type = 'contacts' AND from_id = ANY(${ids}::text[])) OR (to_type = 'contacts' AND to_id = ANY(${ids}::text[])))
    RETURNING CASE WHEN to_type = 'companies' THEN to_id END AS id`.execute(trx);
  await sql`
    DELETE FROM crm_records WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = ANY(${ids}::text[])`.execute(
    trx,
  );
  await sql`DELETE FROM signals WHERE portal_id = ${portalId} AND person_id = ANY(${ids}::text[])`.execute(trx);
  await forgetWork(trx, portalId, ids);
  return [...new Set([...rows.flatMap((row) => row.id ?? []), ...(await redactScores(trx, portalId, ids))])];
}

/**
 * From when this returns nobody takes the person in again: whoever saves a reading holds the portal, and is waited for. To be
 * committed before `erasePerson`, which then sees all that was saved; by itself it would miss what is just being saved.
 */
export async function forbidPerson(trx: Transaction<Schema>, portalId: PortalId, hash: Buffer): Promise<void> {
  await sql`SELECT FROM portals WHERE portal_id = ${portalId} FOR UPDATE`.execute(trx);
  await addTombstones(trx, portalId, [hash]);
}

async function addTombstones(trx: Transaction<Schema>, portalId: PortalId, hashes: readonly Buffer[]): Promise<void> {
  await sql`
    INSERT INTO erased_people (portal_id, person_hash)
    SELECT ${portalId}::bigint, hash FROM unnest(${[...hashes]}::bytea[]) AS t(hash) ORDER BY hash
    ON CONFLICT DO NOTHING`.execute(trx);
}

/** Ids that were merged into this one are the same person's (hubspot-api.md §0 fact 8). */
async function findFormerIds(trx: Transaction<Schema>, portalId: PortalId, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE former (id) AS (
      SELECT object_id FROM crm_records
      WHERE portal_id = ${portalId} AND object_type = 'contacts' AND merged_into = ${personId}
      UNION
      SELECT r.object_id FROM crm_records r JOIN former ON r.merged_into = former.id
      WHERE r.portal_id = ${portalId} AND r.object_type = 'contacts'
    )
    SELECT id FROM former WHERE id <> ${personId}`.execute(trx);
  return rows.map((row) => row.id);
}

/** The key of an event is a hash and goes on keeping duplicates out; the id beside it goes. */
async function forgetWork(trx: Transaction<Schema>, portalId: PortalId, ids: readonly string[]): Promise<void> {
  await sql`
    UPDATE inbox_events SET object_id = ''
    WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = ANY(${[...ids]}::text[])`.execute(trx);
  const subjects = ids.map((id) => `contacts:${id}`);
  await sql`
    DELETE FROM dead_letters WHERE portal_id = ${portalId} AND kind = 'record' AND subject = ANY(${subjects}::text[])`.execute(
    trx,
  );
}

/** History loses what rests on the person; the present score is made again from the mirror. */
async function redactScores(trx: Transaction<Schema>, portalId: PortalId, ids: readonly string[]): Promise<string[]> {
  const mentions = sql.join(
    ids.map((id) => sql`snapshot @> ${JSON.stringify({ people: [{ id }] })}::jsonb`),
    sql` OR `,
  );
  const { rows } = await sql<{ id: string }>`
    WITH redacted AS (
      UPDATE score_history SET snapshot = NULL, priority = NULL, readiness = NULL, reasons = '["A person was erased."]'
      WHERE portal_id = ${portalId} AND (${mentions}) RETURNING account_id
    )
    SELECT account_id AS id FROM redacted
    UNION SELECT account_id FROM account_scores WHERE portal_id = ${portalId} AND (${mentions})`.execute(trx);
  return rows.map((row) => row.id);
}

/** Which of these people were erased; their records are not taken in again. */
export async function findErased(db: Database, portalId: PortalId, hashes: readonly Buffer[]): Promise<Set<string>> {
  const { rows } = await sql<{ hash: Buffer }>`
    SELECT person_hash AS hash FROM erased_people WHERE portal_id = ${portalId} AND person_hash = ANY(${[...hashes]}::bytea[])`.execute(
    db,
  );
  return new Set(rows.map((row) => row.hash.toString("hex")));
}
