import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** What has to be read again about a record; values are bits, so that several needs add up. */
export const needs = { properties: 1, associations: 2, erasure: 4, mergeTrace: 8 } as const;

export interface InboxEvent {
  readonly dedupeKey: Buffer;
  readonly subscriptionType: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly occurredAt: number;
  /** Records that this event makes stale; a merge or an association touches several. */
  readonly stale: readonly { readonly objectType: string; readonly objectId: string; readonly needs: number }[];
}

/** HubSpot waits 5 s (hubspot-api.md §3.4): a delivery that waits longer for a lock only keeps a connection from the others. */
const patienceMs = 3_000;

/**
 * Stores events and marks the records that they are about, in one statement: an event that was stored is also waiting,
 * and one that was seen before changes nothing. Rows are locked in key order, so that two deliveries cannot deadlock.
 * Events of a portal that is not installed are not stored. Returns how many were new.
 */
export async function storeEvents(db: Database, portalId: PortalId, events: readonly InboxEvent[]): Promise<number> {
  const stale = events.flatMap((event) => event.stale.map((record) => ({ ...record, dedupeKey: event.dedupeKey })));
  const { rows } = await sql<{ stored: number }>`
    WITH patience AS MATERIALIZED (
      SELECT set_config('lock_timeout', ${`${patienceMs}ms`}, true)
    ), portal AS MATERIALIZED (
      SELECT portal_id FROM patience, portals WHERE portal_id = ${portalId} AND status <> 'disconnected'
      FOR KEY SHARE OF portals
    ), incoming AS (
      SELECT DISTINCT ON (dedupe_key) * FROM unnest(
        ${events.map((e) => e.dedupeKey)}::bytea[], ${events.map((e) => e.subscriptionType)}::text[],
        ${events.map((e) => e.objectType)}::text[], ${events.map((e) => e.objectId)}::text[],
        ${events.map((e) => e.occurredAt)}::bigint[]
      ) AS t(dedupe_key, subscription_type, object_type, object_id, occurred_at) ORDER BY dedupe_key
    ), stored AS (
      INSERT INTO inbox_events (portal_id, dedupe_key, subscription_type, object_type, object_id, occurred_at)
      SELECT ${portalId}::bigint, i.* FROM incoming i
      WHERE EXISTS (SELECT FROM portal)
      ORDER BY dedupe_key
      ON CONFLICT DO NOTHING
      RETURNING dedupe_key
    ), marks AS (
      SELECT m.object_type, m.object_id, bit_or(m.needs) AS needs
      FROM unnest(
        ${stale.map((s) => s.dedupeKey)}::bytea[], ${stale.map((s) => s.objectType)}::text[],
        ${stale.map((s) => s.objectId)}::text[], ${stale.map((s) => s.needs)}::int[]
      ) AS m(dedupe_key, object_type, object_id, needs)
      JOIN stored USING (dedupe_key)
      GROUP BY m.object_type, m.object_id
      ORDER BY m.object_type, m.object_id
    ), marked AS (
      INSERT INTO stale_records (portal_id, object_type, object_id, needs)
      SELECT ${portalId}::bigint, object_type, object_id, needs FROM marks
      ON CONFLICT (portal_id, object_type, object_id) DO UPDATE
      SET version = stale_records.version + 1, needs = stale_records.needs | excluded.needs, priority = 0
    )
    SELECT count(*)::int AS stored FROM stored`.execute(db);
  return rows[0]?.stored ?? 0;
}

/** Events are kept for 30 days, far beyond HubSpot's 24 h of retries (hubspot-api.md §3.4). */
export async function forgetOldEvents(db: Database): Promise<void> {
  await sql`DELETE FROM inbox_events WHERE received_at < now() - interval '30 days'`.execute(db);
}
