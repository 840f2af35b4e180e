interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Null when no portal could be told from the token. */
  readonly portalId: number | null;
  /** 0 when the connection was cut instead of answered. */
  readonly status: number;
  readonly ms: number;
  /** Number of `inputs` of a batch. */
  readonly inputs: number | null;
}

export interface RequestLog {
  add(request: LoggedRequest): void;
  /** The newest requests, oldest first, bounded. */
  entries(): readonly LoggedRequest[];
  /** Calls since the start or the last reset, by portal and route; not bounded by the log's length. */
  counts(portalId?: number): Readonly<Record<string, number>>;
  /** Calls to HubSpot's API of one portal, or of all. */
  total(portalId?: number): number;
  reset(): void;
}

const longestLog = 20_000;

export function createRequestLog(): RequestLog {
  let log: LoggedRequest[] = [];
  let counters = new Map<string, { portalId: number | null; route: string; calls: number }>();
  const counted = (portalId?: number) =>
    [...counters.values()].filter((counter) => portalId === undefined || counter.portalId === portalId);
  return {
    add(request) {
      log.push(request);
      if (log.length > longestLog * 1.5) log = log.slice(-longestLog);
      const route = `${request.method} ${request.path.replace(/\/\d+(?=\/|$)/g, "/:id")}`;
      const key = `${request.portalId} ${route}`;
      const counter = counters.get(key) ?? { portalId: request.portalId, route, calls: 0 };
      counter.calls++;
      counters.set(key, counter);
    },
    entries: () => log.slice(-longestLog),
    counts(portalId) {
      const totals: Record<string, number> = {};
      for (const { route, calls } of counted(portalId)) totals[route] = (totals[route] ?? 0) + calls;
      return totals;
    },
    total: (portalId) => counted(portalId).reduce((sum, { calls }) => sum + calls, 0),
    reset() {
      log = [];
      counters = new Map();
    },
  };
}
