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
  "forbidden",
] as const;
type FaultKind = (typeof faultKinds)[number];

/** What to do with the next requests that match. */
export interface FaultPlan {
  readonly kind: FaultKind;
  /** How many requests; default 1. */
  readonly times?: number;
  readonly method?: string;
  /** Part of the path. */
  readonly path?: string;
  readonly portalId?: number;
  /** For `slow` and `lateApply`: how late. For `migrating`: what Retry-After says, in ms. */
  readonly delayMs?: number;
  /** For `partialFailure`: ids that fail; absent: the first input. */
  readonly ids?: readonly string[];
}

export interface Faults {
  add(plan: FaultPlan): void;
  take(request: { method: string; path: string; portalId: number | null }): FaultPlan | null;
  pending(): readonly FaultPlan[];
  clear(): void;
}

export function createFaults(): Faults {
  let plans: { plan: FaultPlan; left: number }[] = [];
  return {
    add(plan) {
      if (!faultKinds.includes(plan.kind)) throw new Error(`There is no fault ${String(plan.kind)}.`);
      plans.push({ plan, left: plan.times ?? 1 });
    },
    take({ method, path, portalId }) {
      const found = plans.find(
        ({ plan }) =>
          (plan.method ?? method) === method &&
          path.includes(plan.path ?? "") &&
          (plan.portalId ?? portalId) === portalId,
      );
      if (!found) return null;
      found.left--;
      plans = plans.filter(({ left }) => left > 0);
      return found.plan;
    },
    pending: () => plans.map(({ plan, left }) => ({ ...plan, times: left })),
    clear() {
      plans = [];
    },
  };
}
