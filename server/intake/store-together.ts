import type { PortalId } from "@touchstone/shared/ids.ts";
import type { InboxEvent } from "../db/inbox.ts";

/** Of what was stored together, told to one of those who asked; the others are told of nothing. */
export interface StoredCount {
  readonly stored: number;
  readonly seen: number;
}

type Store = (portalId: PortalId, events: readonly InboxEvent[]) => Promise<number>;

interface Delivery {
  readonly events: readonly InboxEvent[];
  readonly done: (count: StoredCount) => void;
  readonly failed: (error: unknown) => void;
}

interface Line {
  readonly waiting: Delivery[];
  underWay: number;
}

/** Statements of one portal at a time: one portal's burst leaves the other connections to everybody else. */
const mostUnderWay = 2;
/** A statement's time stays far below the 5 s that HubSpot waits. */
const mostEvents = 2_000;

/**
 * Stores deliveries of a portal that wait for their turn in one statement: what they have in common (the same records, the
 * commit) is paid for once, so that a burst makes intake cheaper instead of slower. A single delivery waits for nobody.
 */
export function storeTogether(
  store: Store,
): (portalId: PortalId, events: readonly InboxEvent[]) => Promise<StoredCount> {
  const lines = new Map<PortalId, Line>();
  const pump = (portalId: PortalId, line: Line): void => {
    while (line.underWay < mostUnderWay && line.waiting.length > 0) {
      line.underWay += 1;
      void storeAll(store, portalId, takeTurn(line.waiting)).finally(() => {
        line.underWay -= 1;
        if (line.underWay === 0 && line.waiting.length === 0) lines.delete(portalId);
        else pump(portalId, line);
      });
    }
  };
  return (portalId, events) =>
    new Promise((done, failed) => {
      const line = lines.get(portalId) ?? { waiting: [], underWay: 0 };
      lines.set(portalId, line);
      line.waiting.push({ events, done, failed });
      pump(portalId, line);
    });
}

function takeTurn(waiting: Delivery[]): Delivery[] {
  let count = 0;
  let events = 0;
  for (const delivery of waiting) {
    events += delivery.events.length;
    if (count > 0 && events > mostEvents) break;
    count += 1;
  }
  return waiting.splice(0, count);
}

async function storeAll(store: Store, portalId: PortalId, deliveries: readonly Delivery[]): Promise<void> {
  const events = deliveries.flatMap((delivery) => delivery.events);
  try {
    const stored = await store(portalId, events);
    for (const [index, delivery] of deliveries.entries())
      delivery.done(index === 0 ? { stored, seen: events.length - stored } : { stored: 0, seen: 0 });
  } catch (error) {
    // One delivery that cannot be stored must not take the others with it.
    if (deliveries.length > 1) for (const delivery of deliveries) await storeAll(store, portalId, [delivery]);
    else deliveries[0]?.failed(error);
  }
}
