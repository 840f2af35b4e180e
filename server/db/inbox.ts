import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { arrayLiteral } from "./array-literal.ts";
import type { Database } from "./database.ts";

/** What has to be read again about a record; values are bits, so that several needs add up. */
export const needs = { properties: 1, associations: 2, erasure: 4, mergeTrace: 8, neighbours: 16 } as const;

export interface InboxEvent {
  readonly occurredAt: number;
  /** Tells events of one portal and one millisecond apart. */
  readonly dedupeKey: number;
  /** Records that this event makes stale; a merge or an association touches several. */
  readonly stale: readonly Mark[];
}

interface Mark {
  readonly objectType: string;
  readonly objectId: string;
  readonly needs: number;
}

/**
 * Stores events and marks the records that they are about, in one statement: an event that was stored is also waiting,
 * and one that was seen before changes nothing. Rows are locked in key order, so that two deliveries cannot deadlock; it
 * waits 3 s for a lock, because HubSpot waits 5 s for us (hubspot-api.md §3.4). Events of a portal that is not installed are
 * not stored. Returns how many were new. The statement is the function `store_events` (migration 0006).
 *
 * It stores all or, when one of them was seen before, nothing: then those are left out and the others tried again. Whatever was
 * in the way is committed and is found by the next look, so that the list gets shorter with each.
 *
 * A record that waits untaken is not marked again: whoever takes it reads it from HubSpot later than now.
 */
export async function storeEvents(db: Database, portalId: PortalId, events: readonly InboxEvent[]): Promise<number> {
  const stored = await storeNew(db, portalId, events);
  return stored ?? storeEvents(db, portalId, await leaveOutSeen(db, portalId, events));
}

/** Null, and nothing was stored, when one of them was seen before or stands twice in the list. */
async function storeNew(db: Database, portalId: PortalId, events: readonly InboxEvent[]): Promise<number | null> {
  const marks = marksOf(events);
  const { rows } = await sql<{ stored: number | null }>`
    SELECT store_events(
      ${portalId}, ${arrayLiteral(events.map((e) => e.occurredAt))}, ${arrayLiteral(events.map((e) => e.dedupeKey))},
      ${arrayLiteral(marks.map((m) => m.objectType))}, ${arrayLiteral(marks.map((m) => m.objectId))},
      ${arrayLiteral(marks.map((m) => m.needs))}
    ) AS stored`.execute(db);
  return rows[0]?.stored ?? null;
}

/** Each record once, with the needs of all events. */
function marksOf(events: readonly InboxEvent[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { stale } of events) {
    for (const mark of stale) {
      const key = `${mark.objectType} ${mark.objectId}`;
      const known = marks.get(key);
      if (!known) marks.set(key, mark);
      else if ((known.needs | mark.needs) !== known.needs) marks.set(key, { ...mark, needs: known.needs | mark.needs });
    }
  }
  return [...marks.values()];
}

/** Those that are not in the inbox, each once. */
async function leaveOutSeen(db: Database, portalId: PortalId, events: readonly InboxEvent[]): Promise<InboxEvent[]> {
  // Row by row: a plan that is kept may come from a time when the table was small, and would read all of it.
  const { rows: seen } = await sql<Pick<InboxEvent, "occurredAt" | "dedupeKey">>`
    SELECT e.occurred_at AS "occurredAt", e.dedupe_key AS "dedupeKey"
    FROM unnest(
      ${arrayLiteral(events.map((e) => e.occurredAt))}::bigint[], ${arrayLiteral(events.map((e) => e.dedupeKey))}::bigint[]
    ) AS e (occurred_at, dedupe_key) CROSS JOIN LATERAL (
      SELECT FROM inbox_events s
      WHERE s.portal_id = ${portalId} AND s.occurred_at = e.occurred_at AND s.dedupe_key = e.dedupe_key OFFSET 0) s`.execute(
    db,
  );
  const left = new Map(events.map((event) => [placeOf(event), event]));
  for (const event of seen) left.delete(placeOf(event));
  return [...left.values()];
}

const placeOf = ({ occurredAt, dedupeKey }: Pick<InboxEvent, "occurredAt" | "dedupeKey">): string =>
  `${occurredAt} ${dedupeKey}`;
