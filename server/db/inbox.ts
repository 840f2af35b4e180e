import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { arrayLiteral, bytesLiteral } from "./array-literal.ts";
import type { Database } from "./database.ts";

/** What has to be read again about a record; values are bits, so that several needs add up. */
export const needs = { properties: 1, associations: 2, erasure: 4, mergeTrace: 8, neighbours: 16 } as const;

export interface InboxEvent {
  /** Bytes as hexadecimal digits. */
  readonly dedupeKey: string;
  readonly subscriptionType: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly occurredAt: number;
  /** Records that this event makes stale; a merge or an association touches several. */
  readonly stale: readonly { readonly objectType: string; readonly objectId: string; readonly needs: number }[];
}

/**
 * Stores events and marks the records that they are about, in one statement: an event that was stored is also waiting,
 * and one that was seen before changes nothing. Rows are locked in key order, so that two deliveries cannot deadlock; it
 * waits 3 s for a lock, because HubSpot waits 5 s for us (hubspot-api.md §3.4). Events of a portal that is not installed are
 * not stored. Returns how many were new. The statement is the function `store_events` (migration 0006).
 *
 * A record that waits untaken is not marked again: whoever takes it reads it from HubSpot later than now.
 */
export async function storeEvents(db: Database, portalId: PortalId, events: readonly InboxEvent[]): Promise<number> {
  const own = events.map((event) => event.stale.find((record) => isAbout(event, record))?.needs ?? 0);
  const others = events.flatMap((event) =>
    event.stale.flatMap((record) => (isAbout(event, record) ? [] : { ...record, dedupeKey: event.dedupeKey })),
  );
  const { rows } = await sql<{ stored: number }>`
    SELECT store_events(
      ${portalId}, ${bytesLiteral(events.map((e) => e.dedupeKey))}, ${arrayLiteral(events.map((e) => e.occurredAt))},
      ${arrayLiteral(events.map((e) => e.subscriptionType))}, ${arrayLiteral(events.map((e) => e.objectType))},
      ${arrayLiteral(events.map((e) => e.objectId))}, ${arrayLiteral(own)},
      ${bytesLiteral(others.map((o) => o.dedupeKey))}, ${arrayLiteral(others.map((o) => o.objectType))},
      ${arrayLiteral(others.map((o) => o.objectId))}, ${arrayLiteral(others.map((o) => o.needs))}
    ) AS stored`.execute(db);
  return rows[0]?.stored ?? 0;
}

/** Most events make stale the one record that they are about. */
const isAbout = (event: InboxEvent, record: InboxEvent["stale"][number]): boolean =>
  record.objectId === event.objectId && record.objectType === event.objectType;
