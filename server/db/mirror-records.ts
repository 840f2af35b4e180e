import type { AppObjectKey } from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Records of our programme as HubSpot should hold them, by a key of ours that names nobody; what it does hold; and its ids. */
export interface MirrorRow {
  readonly key: string;
  readonly recordId: string | null;
  /** Null: the record is to go. */
  readonly wanted: Readonly<Record<string, string>> | null;
  /** Null: never sent. Empty: sent, and no answer was noted. */
  readonly written: Readonly<Record<string, string>> | null;
}

const columns = sql`our_key AS key, record_id AS "recordId", wanted, written`;

/** All that there should be of an object; what is no longer among them is to go. */
export async function planRecords(
  trx: Transaction<Schema>,
  portalId: PortalId,
  object: AppObjectKey,
  rows: readonly { readonly key: string; readonly wanted: Readonly<Record<string, string>> }[],
): Promise<void> {
  const keys = rows.map(({ key }) => key);
  // Only what differs is offered: ON CONFLICT would lock every row.
  await sql`
    INSERT INTO mirror_records AS m (portal_id, object, our_key, wanted)
    SELECT ${portalId}::bigint, ${object}, t.key, t.wanted::jsonb
    FROM unnest(${keys}::text[], ${rows.map(({ wanted }) => JSON.stringify(wanted))}::text[]) AS t(key, wanted)
    LEFT JOIN mirror_records o ON o.portal_id = ${portalId} AND o.object = ${object} AND o.our_key = t.key
    WHERE o.wanted IS DISTINCT FROM t.wanted::jsonb ORDER BY t.key
    ON CONFLICT (portal_id, object, our_key) DO UPDATE SET wanted = excluded.wanted
    WHERE m.wanted IS DISTINCT FROM excluded.wanted`.execute(trx);
  await sql`
    UPDATE mirror_records SET wanted = NULL
    WHERE portal_id = ${portalId} AND object = ${object} AND wanted IS NOT NULL AND our_key <> ALL(${keys}::text[])`.execute(
    trx,
  );
  // Never sent: there is nothing to take back.
  await sql`
    DELETE FROM mirror_records
    WHERE portal_id = ${portalId} AND object = ${object} AND wanted IS NULL AND written IS NULL AND record_id IS NULL`.execute(
    trx,
  );
}

export async function readUnwritten(
  db: Database,
  portalId: PortalId,
  object: AppObjectKey,
  limit: number,
): Promise<MirrorRow[]> {
  const { rows } = await sql<MirrorRow>`
    SELECT ${columns} FROM mirror_records
    WHERE portal_id = ${portalId} AND object = ${object} AND wanted IS DISTINCT FROM written AND (wanted IS NULL OR wanted IS DISTINCT FROM refused)
    ORDER BY our_key LIMIT ${limit}`.execute(db);
  return rows;
}

/** Records that HubSpot holds, in the order of their keys. */
export async function readHeldRecords(
  db: Database,
  portalId: PortalId,
  object: AppObjectKey,
  after: string,
  limit: number,
): Promise<MirrorRow[]> {
  const { rows } = await sql<MirrorRow>`
    SELECT ${columns} FROM mirror_records
    WHERE portal_id = ${portalId} AND object = ${object} AND record_id IS NOT NULL AND our_key > ${after}
    ORDER BY our_key LIMIT ${limit}`.execute(db);
  return rows;
}

/** About to be sent: until the answer is noted, nobody knows what HubSpot holds. */
export async function markMirrorSending(
  db: Database,
  portalId: PortalId,
  object: AppObjectKey,
  keys: readonly string[],
): Promise<void> {
  await sql`
    UPDATE mirror_records SET written = '{}'
    WHERE portal_id = ${portalId} AND object = ${object} AND our_key = ANY(${[...keys]}::text[])`.execute(db);
}

export async function saveWrittenRecords(
  db: Database,
  portalId: PortalId,
  object: AppObjectKey,
  rows: readonly Pick<MirrorRow, "key" | "recordId" | "written">[],
): Promise<void> {
  await sql`
    UPDATE mirror_records m SET record_id = t.id, written = t.written::jsonb, refused = NULL, refusal = NULL
    FROM unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ recordId }) => recordId)}::text[],
      ${rows.map(({ written }) => written && JSON.stringify(written))}::text[]) AS t(key, id, written)
    WHERE m.portal_id = ${portalId} AND m.object = ${object} AND m.our_key = t.key`.execute(db);
}

/** Not sent again until it is another. One that has no id was not made: there is nothing to take back. */
export async function saveRefusedRecords(
  db: Database,
  portalId: PortalId,
  object: AppObjectKey,
  rows: readonly { readonly key: string; readonly message: string }[],
): Promise<void> {
  await sql`
    UPDATE mirror_records m SET refused = m.wanted, refusal = t.message,
      written = CASE WHEN m.record_id IS NULL THEN NULL ELSE m.written END
    FROM unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ message }) => message.slice(0, 500))}::text[]) AS t(key, message)
    WHERE m.portal_id = ${portalId} AND m.object = ${object} AND m.our_key = t.key`.execute(db);
}

/** Gone from HubSpot, and their links with them. */
export async function dropRecords(
  db: Database,
  portalId: PortalId,
  object: AppObjectKey,
  keys: readonly string[],
): Promise<void> {
  for (const table of ["mirror_links", "mirror_records"])
    await sql`
      DELETE FROM ${sql.table(table)}
      WHERE portal_id = ${portalId} AND object = ${object} AND our_key = ANY(${[...keys]}::text[])`.execute(db);
}

/** Somebody deleted these in HubSpot: they are made again, with their links. */
export async function forgetRecords(
  db: Database,
  portalId: PortalId,
  object: AppObjectKey,
  keys: readonly string[],
): Promise<void> {
  const ours = sql`portal_id = ${portalId} AND object = ${object} AND our_key = ANY(${[...keys]}::text[])`;
  await sql`UPDATE mirror_records SET record_id = NULL, written = NULL, refused = NULL WHERE ${ours}`.execute(db);
  await sql`UPDATE mirror_links SET written = false, refusal = NULL WHERE ${ours}`.execute(db);
}

/** Installed again: what HubSpot still holds of ours is not known. The keys find it again. */
export async function forgetMirror(db: Database, portalId: PortalId): Promise<void> {
  await sql`DELETE FROM mirror_portals WHERE portal_id = ${portalId}`.execute(db);
  await sql`UPDATE mirror_records SET written = '{}', refused = NULL WHERE portal_id = ${portalId} AND written IS NOT NULL`.execute(
    db,
  );
  await sql`UPDATE mirror_links SET written = false, refusal = NULL WHERE portal_id = ${portalId} AND wanted`.execute(
    db,
  );
}
