import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import { lockScores, outgoing } from "./account-scores.ts";
import { moveMember, moveProgramme } from "./move-programme.ts";
import { holdPlaces } from "./move-tier.ts";
import { accountsOf } from "./records.ts";
import type { Schema } from "./schema.ts";

/**
 * Records live on under other ids (hubspot-api.md §0 fact 8): what hung on an old id moves to the new one, and the old one stays
 * as an alias. Merging the same pair again changes nothing. Returns the accounts that this touched: those of a person who was
 * merged too, because the person that they live on as may have left them before anybody read that.
 */
export async function moveRecords(
  trx: Transaction<Schema>,
  portalId: PortalId,
  objectType: string,
  movedTo: ReadonlyMap<string, string>,
  readNo: number,
): Promise<string[]> {
  if (movedTo.size === 0) return [];
  const both = [...movedTo.keys(), ...movedTo.values()];
  if (objectType === "companies") await holdPlaces(trx, portalId, both);
  await lockOwners(trx, portalId, objectType, [...movedTo.keys()]);
  const touched = await accountsOf(trx, portalId, objectType, [...movedTo.keys()]);
  // Before anything else of these accounts, as whoever scores them does.
  if (objectType === "companies") await lockScores(trx, portalId, both);
  for (const [fromId, toId] of movedTo) await moveRecord(trx, portalId, objectType, fromId, toId, readNo);
  return objectType === "companies" ? [...touched, ...movedTo.values()] : touched;
}

/**
 * Holds the records that are linked to these, as whoever saves a reading of them does: that would not see, and so not take away, a
 * link that comes to the new id at the same time. People first: who moves people holds those before, and then what is linked to them.
 */
async function lockOwners(
  trx: Transaction<Schema>,
  portalId: PortalId,
  objectType: string,
  ids: readonly string[],
): Promise<void> {
  await sql`
    SELECT FROM crm_records r
    WHERE r.portal_id = ${portalId} AND (r.object_type, r.object_id) IN (
      SELECT from_type, from_id FROM crm_links
      WHERE portal_id = ${portalId} AND to_type = ${objectType} AND to_id = ANY(${[...ids]}::text[]))
    ORDER BY r.object_type <> 'contacts', r.object_type, r.object_id FOR UPDATE`.execute(trx);
}

async function moveRecord(
  trx: Transaction<Schema>,
  portalId: PortalId,
  objectType: string,
  fromId: string,
  toId: string,
  readNo: number,
): Promise<void> {
  await sql`
    INSERT INTO crm_records AS r (portal_id, object_type, object_id, properties, archived, merged_into, read_no)
    VALUES (${portalId}, ${objectType}, ${fromId}, '{}', true, ${toId}, ${readNo})
    ON CONFLICT (portal_id, object_type, object_id) DO UPDATE
    SET archived = true, merged_into = ${toId}, read_no = greatest(r.read_no, excluded.read_no)`.execute(trx);
  await sql`
    DELETE FROM crm_links WHERE portal_id = ${portalId} AND from_type = ${objectType} AND from_id = ${fromId}`.execute(
    trx,
  );
  await sql`
    WITH old AS (
      DELETE FROM crm_links WHERE portal_id = ${portalId} AND to_type = ${objectType} AND to_id = ${fromId} RETURNING *
    )
    INSERT INTO crm_links SELECT portal_id, from_type, from_id, to_type, ${toId}, is_primary FROM old ON CONFLICT DO NOTHING`.execute(
    trx,
  );
  if (objectType === "contacts") {
    // The key names the person: the same observation of both halves becomes one.
    await sql`
      WITH old AS (DELETE FROM signals WHERE portal_id = ${portalId} AND person_id = ${fromId} RETURNING *)
      INSERT INTO signals (portal_id, signal_key, kind, person_id, account_id, at, source, strength, subject, expires_at, origin, ratings, legal_basis)
      SELECT portal_id, replace(signal_key, ':' || ${fromId} || ':', ':' || ${toId} || ':'), kind, ${toId}, account_id, at, source,
        strength, subject, expires_at, replace(origin, 'contacts:' || ${fromId}, 'contacts:' || ${toId}), ratings, legal_basis
      FROM old ON CONFLICT DO NOTHING`.execute(trx);
  }
  if (objectType === "contacts") await moveMember(trx, portalId, fromId, toId);
  if (objectType === "companies") await moveAccount(trx, portalId, fromId, toId);
}

async function moveAccount(trx: Transaction<Schema>, portalId: PortalId, fromId: string, toId: string): Promise<void> {
  await moveProgramme(trx, portalId, fromId, toId);
  await sql`UPDATE signals SET account_id = ${toId} WHERE portal_id = ${portalId} AND account_id = ${fromId}`.execute(
    trx,
  );
  await sql`
    WITH old AS (DELETE FROM judgements WHERE portal_id = ${portalId} AND account_id = ${fromId} RETURNING *)
    INSERT INTO judgements
    SELECT portal_id, ${toId}, criterion, judged_at, rung, judged_by, note, expires_at FROM old ON CONFLICT DO NOTHING`.execute(
    trx,
  );
  // Its last score becomes history as all those before it, and whom they may name goes along.
  await sql`
    WITH last AS (DELETE FROM account_scores WHERE portal_id = ${portalId} AND account_id = ${fromId} RETURNING *)
    INSERT INTO score_history (${outgoing}, ended_at) SELECT ${outgoing}, scored_at FROM last ON CONFLICT DO NOTHING`.execute(
    trx,
  );
  // Two accounts scored in one reading have the same number: one of the two stays.
  await sql`
    UPDATE score_history h SET account_id = ${toId} WHERE portal_id = ${portalId} AND account_id = ${fromId}
      AND NOT EXISTS (SELECT FROM score_history n WHERE n.portal_id = ${portalId} AND n.account_id = ${toId} AND n.snapshot_no = h.snapshot_no)`.execute(
    trx,
  );
  await sql`
    INSERT INTO former_members (portal_id, person_id, account_id)
    SELECT portal_id, person_id, ${toId} FROM former_members WHERE portal_id = ${portalId} AND account_id = ${fromId}
    ORDER BY 2 ON CONFLICT DO NOTHING`.execute(trx);
}
