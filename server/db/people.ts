import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import { PortalDisconnected } from "../errors.ts";
import { lockScores } from "./account-scores.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/**
 * Erases a person for good: the mirror with the ids that were merged into this one, links, signals, and every stored score
 * that names them. Only hashes of the ids stay, so that a late event does not bring the person back (hubspot-api.md §6.8).
 * Whoever is saving what names the person holds the portal and is waited for; whoever saves later sees that somebody was
 * erased (`holdPortal`). Doing it again finds what came in since. Returns the accounts to score again.
 */
export async function erasePerson(
  trx: Transaction<Schema>,
  portalId: PortalId,
  personId: string,
  hashOf: (personId: string) => Buffer,
): Promise<string[]> {
  await holdAlone(trx, portalId);
  const ids = [personId, ...(await findFormerIds(trx, portalId, personId))];
  await addTombstones(trx, portalId, ids.map(hashOf));
  await sql`
    DELETE FROM crm_links WHERE portal_id = ${portalId}
      AND ((from_type = 'contacts' AND from_id = ANY(${ids}::text[])) OR (to_type = 'contacts' AND to_id = ANY(${ids}::text[])))`.execute(
    trx,
  );
  // Afterwards: a link that goes is noted there, so that these are all accounts that the person ever belonged to.
  const { rows } = await sql<{ id: string }>`
    DELETE FROM former_members WHERE portal_id = ${portalId} AND person_id = ANY(${ids}::text[])
    RETURNING account_id AS id`.execute(trx);
  await sql`
    DELETE FROM crm_records WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = ANY(${ids}::text[])`.execute(
    trx,
  );
  await sql`DELETE FROM signals WHERE portal_id = ${portalId} AND person_id = ANY(${ids}::text[])`.execute(trx);
  await sql`DELETE FROM committee_members WHERE portal_id = ${portalId} AND person_id = ANY(${ids}::text[])`.execute(
    trx,
  );
  for (const table of ["person_outputs", "buying_role_writes"])
    await sql`DELETE FROM ${sql.table(table)} WHERE portal_id = ${portalId} AND person_id = ANY(${ids}::text[])`.execute(
      trx,
    );
  await sql`
    DELETE FROM mirror_links WHERE portal_id = ${portalId} AND to_type = 'contacts' AND to_id = ANY(${ids}::text[])`.execute(
    trx,
  );
  await forgetWork(trx, portalId, ids);
  const accounts = [...new Set(rows.map((row) => row.id))];
  await redactScores(trx, portalId, accounts, ids);
  return accounts;
}

/** Waits for everybody who holds the portal, and tells those who come later that somebody was erased. */
async function holdAlone(trx: Transaction<Schema>, portalId: PortalId): Promise<void> {
  const { rows } = await sql`
    SELECT FROM portals WHERE portal_id = ${portalId} AND status <> 'disconnected' FOR UPDATE`.execute(trx);
  if (rows.length === 0) throw new PortalDisconnected(`portal ${portalId} is not connected`);
  await sql`UPDATE portals SET erasures = erasures + 1 WHERE portal_id = ${portalId}`.execute(trx);
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

async function forgetWork(trx: Transaction<Schema>, portalId: PortalId, ids: readonly string[]): Promise<void> {
  const subjects = ids.map((id) => `contacts:${id}`);
  await sql`
    DELETE FROM dead_letters WHERE portal_id = ${portalId} AND kind = 'record' AND subject = ANY(${subjects}::text[])`.execute(
    trx,
  );
  await sql`
    DELETE FROM write_failures
    WHERE portal_id = ${portalId} AND object_type = 'contacts' AND object_id = ANY(${[...ids]}::text[])`.execute(trx);
}

/**
 * Stored scores that name the person lose their proof; the present one is made again from the mirror. An id may also stand
 * inside the key of a signal, or by chance be another number: then a proof is lost too many, never one too few.
 */
async function redactScores(
  trx: Transaction<Schema>,
  portalId: PortalId,
  accountIds: readonly string[],
  ids: readonly string[],
): Promise<void> {
  const isNamed = sql`portal_id = ${portalId} AND account_id = ANY(${[...accountIds]}::text[])
    AND proof ~ ${`(^|\\D)(${ids.map((id) => id.replace(/\W/g, "\\$&")).join("|")})(\\D|$)`}`;
  const gone = sql`proof = NULL, reasons = '["A person was erased."]'`;
  await lockScores(trx, portalId, accountIds);
  await sql`UPDATE account_scores SET ${gone} WHERE ${isNamed}`.execute(trx);
  await sql`UPDATE score_history SET ${gone} WHERE ${isNamed}`.execute(trx);
}

/** Which of these people were erased; their records are not taken in again. */
export async function findErased(db: Database, portalId: PortalId, hashes: readonly Buffer[]): Promise<Set<string>> {
  const { rows } = await sql<{ hash: Buffer }>`
    SELECT person_hash AS hash FROM erased_people WHERE portal_id = ${portalId} AND person_hash = ANY(${[...hashes]}::bytea[])`.execute(
    db,
  );
  return new Set(rows.map((row) => row.hash.toString("hex")));
}
