import type { AppObjectKey } from "@touchstone/shared/app-objects.ts";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export type LinkedType = "companies" | "contacts";

export interface PlannedLink {
  readonly key: string;
  readonly toType: LinkedType;
  readonly toId: string;
}

/** All links that there should be of an object, to records that are in HubSpot; the others are to go. Once a transaction. */
export async function planLinks(
  trx: Transaction<Schema>,
  portalId: PortalId,
  object: AppObjectKey,
  links: readonly PlannedLink[],
): Promise<void> {
  await sql`
    CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
    SELECT DISTINCT key, to_type, to_id FROM unnest(${links.map(({ key }) => key)}::text[],
      ${links.map(({ toType }) => toType)}::text[], ${links.map(({ toId }) => toId)}::text[]) AS t(key, to_type, to_id)
    JOIN crm_records r ON r.portal_id = ${portalId} AND r.object_type = to_type AND r.object_id = to_id AND NOT r.archived`.execute(
    trx,
  );
  await sql`
    INSERT INTO mirror_links AS m (portal_id, object, our_key, to_type, to_id, wanted)
    SELECT ${portalId}::bigint, ${object}, key, to_type, to_id, true FROM planned p
    WHERE NOT EXISTS (SELECT FROM mirror_links o WHERE o.portal_id = ${portalId} AND o.object = ${object} AND o.our_key = p.key
      AND o.to_type = p.to_type AND o.to_id = p.to_id AND o.wanted) ORDER BY key, to_type, to_id
    ON CONFLICT (portal_id, object, our_key, to_type, to_id) DO UPDATE SET wanted = true, refusal = NULL
    WHERE NOT m.wanted`.execute(trx);
  await sql`
    UPDATE mirror_links m SET wanted = false, refusal = NULL WHERE m.portal_id = ${portalId} AND m.object = ${object} AND m.wanted
      AND NOT EXISTS (SELECT FROM planned p WHERE p.key = m.our_key AND p.to_type = m.to_type AND p.to_id = m.to_id)`.execute(
    trx,
  );
}

export interface UnwrittenLink {
  readonly key: string;
  readonly toId: string;
  readonly fromId: string;
}

/**
 * Of one kind; those of records that are to go go with them. One that is to go is taken away also when it was never known to have
 * arrived: the answer may have been lost.
 */
export async function readUnwrittenLinks(
  db: Database,
  portalId: PortalId,
  object: AppObjectKey,
  toType: LinkedType,
  wanted: boolean,
  limit: number,
): Promise<UnwrittenLink[]> {
  const { rows } = await sql<UnwrittenLink>`
    SELECT m.our_key AS key, m.to_id AS "toId", r.record_id AS "fromId" FROM mirror_links m
    JOIN mirror_records r ON r.portal_id = m.portal_id AND r.object = m.object AND r.our_key = m.our_key
      AND r.record_id IS NOT NULL AND r.wanted IS NOT NULL
    WHERE m.portal_id = ${portalId} AND m.object = ${object} AND m.to_type = ${toType} AND m.wanted = ${wanted}
      AND NOT (m.wanted AND m.written) AND m.refusal IS NULL
    ORDER BY m.our_key, m.to_id LIMIT ${limit}`.execute(db);
  return rows;
}

export async function saveLinks(
  db: Database,
  portalId: PortalId,
  object: AppObjectKey,
  toType: LinkedType,
  links: readonly UnwrittenLink[],
  outcome: "written" | "gone" | "missing",
): Promise<void> {
  if (links.length === 0) return;
  const these = sql`m.portal_id = ${portalId} AND m.object = ${object} AND m.to_type = ${toType} AND (m.our_key, m.to_id) IN (
    SELECT * FROM unnest(${links.map(({ key }) => key)}::text[], ${links.map(({ toId }) => toId)}::text[]))`;
  if (outcome === "gone") await sql`DELETE FROM mirror_links m WHERE ${these} AND NOT m.wanted`.execute(db);
  else if (outcome === "written") await sql`UPDATE mirror_links m SET written = true WHERE ${these}`.execute(db);
  else await sql`UPDATE mirror_links m SET refusal = 'not in HubSpot' WHERE ${these}`.execute(db);
}
