import type { PortalId } from "@touchstone/shared/ids.ts";

const minuteMs = 60_000;

interface Counts {
  sent: number;
  succeeded: number;
}

export interface SuccessRate {
  /** Null for OAuth, which belongs to no portal. */
  record(portalId: PortalId | null, isSuccess: boolean): void;
  /** 0 … 1 over all requests of the window; null when there were none. */
  ofAll(): number | null;
  /** The portals whose rate is lowest, lowest first, among those with at least `fewest` requests in the window. */
  worst(limit: number, fewest: number): { portalId: PortalId; rate: number }[];
}

/**
 * How many of the requests of the last `windowMs` succeeded, in this process, by minute. Certification wants 95 % of a
 * portal's calls to succeed (hubspot-api.md §4.1); a counter alone says so only until the first bad hour is long past.
 */
export function createSuccessRate(now: () => number, windowMs = 60 * minuteMs): SuccessRate {
  /** By minute, oldest first; in each the counts by portal. */
  const minutes = new Map<number, Map<PortalId | null, Counts>>();
  const forget = () => {
    for (const minute of minutes.keys()) if (minute * minuteMs <= now() - windowMs) minutes.delete(minute);
  };
  const sums = () => {
    forget();
    const totals = new Map<PortalId | null, Counts>();
    for (const portals of minutes.values())
      for (const [portalId, counts] of portals) {
        const total = totals.get(portalId) ?? { sent: 0, succeeded: 0 };
        totals.set(portalId, { sent: total.sent + counts.sent, succeeded: total.succeeded + counts.succeeded });
      }
    return totals;
  };
  return {
    record(portalId, isSuccess) {
      forget();
      const minute = Math.floor(now() / minuteMs);
      const portals = minutes.get(minute) ?? new Map<PortalId | null, Counts>();
      minutes.set(minute, portals);
      const counts = portals.get(portalId) ?? { sent: 0, succeeded: 0 };
      portals.set(portalId, { sent: counts.sent + 1, succeeded: counts.succeeded + (isSuccess ? 1 : 0) });
    },
    ofAll() {
      const all = [...sums().values()];
      const sent = all.reduce((sum, one) => sum + one.sent, 0);
      return sent === 0 ? null : all.reduce((sum, one) => sum + one.succeeded, 0) / sent;
    },
    worst(limit, fewest) {
      return [...sums()]
        .flatMap(([portalId, { sent, succeeded }]) =>
          portalId !== null && sent >= fewest ? [{ portalId, rate: succeeded / sent }] : [],
        )
        .sort((a, b) => a.rate - b.rate)
        .slice(0, limit);
    },
  };
}
