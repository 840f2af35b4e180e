import { createRandom, type Random } from "../seed/random.ts";

export const faultKinds = [
  "rateLimit",
  "searchRateLimit",
  "dailyLimit",
  "locked",
  "migrating",
  "serverError",
  "badGateway",
  "hang",
  "slow",
  "resetBefore",
  "resetAfter",
  "cutBody",
  "lateApply",
  "partialFailure",
  "refuseBatch",
  "unauthorized",
  "expireToken",
  "forbidden",
] as const;
type FaultKind = (typeof faultKinds)[number];

/** What to do with the next requests that match. */
export interface FaultPlan {
  readonly kind: FaultKind;
  /** How many requests; default 1. */
  readonly times?: number;
  /** Which share of the requests that match, 0 … 1, drawn from the seed; default all. */
  readonly share?: number;
  readonly method?: string;
  /** Part of the path. */
  readonly path?: string;
  readonly portalId?: number;
  /** For `slow` and `lateApply`: how late. For `migrating`: what Retry-After says, in ms. */
  readonly delayMs?: number;
  /** Only batches that name one of these records match; for `partialFailure` they are the inputs that fail. */
  readonly ids?: readonly string[];
  /** For `partialFailure` without `ids`: how many inputs fail, drawn from the seed; default the first one. */
  readonly rows?: number;
  /** For `partialFailure`: the answer counts the rows that failed and says no more (`numErrors` without `errors`); default false. */
  readonly countOnly?: boolean;
}

export interface FaultyRequest {
  readonly method: string;
  readonly path: string;
  readonly portalId: number | null;
  /** Ids of a batch's inputs, or their trace ids where they have none; empty for what is no batch. */
  readonly inputs: readonly string[];
}

/** A plan that a request met, with the places of the inputs that fail. */
export type MetFault = FaultPlan & { readonly failing: ReadonlySet<number> };

export interface Faults {
  add(plan: FaultPlan): void;
  take(request: FaultyRequest): MetFault | null;
  pending(): readonly FaultPlan[];
  /** Requests that met a fault since the start or the last `clear`, by kind; of one portal, or of all. */
  met(portalId?: number): Readonly<Partial<Record<FaultKind, number>>>;
  /** The same seed and the same requests meet the same faults. */
  seed(seed: number): void;
  clear(): void;
}

export function createFaults(): Faults {
  let plans: { plan: FaultPlan; left: number }[] = [];
  let random = createRandom("faults", 0);
  let met = new Map<string, { kind: FaultKind; portalId: number | null; times: number }>();
  return {
    add(plan) {
      if (!faultKinds.includes(plan.kind)) throw new Error(`There is no fault ${String(plan.kind)}.`);
      plans.push({ plan, left: plan.times ?? 1 });
    },
    take(request) {
      const found = plans.find(({ plan }) => isMatch(plan, request) && random.next() < (plan.share ?? 1));
      if (!found) return null;
      found.left--;
      plans = plans.filter(({ left }) => left > 0);
      const { kind } = found.plan;
      const key = `${kind} ${request.portalId}`;
      met.set(key, { kind, portalId: request.portalId, times: (met.get(key)?.times ?? 0) + 1 });
      return { ...found.plan, failing: failingInputs(found.plan, request.inputs, random) };
    },
    pending: () => plans.map(({ plan, left }) => ({ ...plan, times: left })),
    met(portalId) {
      const counts: Partial<Record<FaultKind, number>> = {};
      for (const { kind, times, portalId: whose } of met.values())
        if (portalId === undefined || whose === portalId) counts[kind] = (counts[kind] ?? 0) + times;
      return counts;
    },
    seed(seed) {
      random = createRandom("faults", seed);
    },
    clear() {
      plans = [];
      met = new Map();
    },
  };
}

const isMatch = (plan: FaultPlan, { method, path, portalId, inputs }: FaultyRequest): boolean =>
  (plan.method ?? method) === method &&
  path.includes(plan.path ?? "") &&
  (plan.portalId ?? portalId) === portalId &&
  (plan.ids === undefined || inputs.some((id) => plan.ids?.includes(id)));

function failingInputs(plan: FaultPlan, inputs: readonly string[], random: Random): ReadonlySet<number> {
  if (plan.ids) return new Set(inputs.flatMap((id, place) => (plan.ids?.includes(id) ? [place] : [])));
  if (plan.rows === undefined) return new Set([0]);
  const drawn = inputs.map((_, place) => ({ place, by: random.next() })).sort((a, b) => a.by - b.by);
  return new Set(drawn.slice(0, plan.rows).map(({ place }) => place));
}
