import type { CapPreview } from "@touchstone/shared/models-api.ts";

export interface TierCap {
  readonly tier: string;
  /** Null: no bound. */
  readonly cap: number | null;
}

type Counts = ReadonlyMap<string, { readonly before: number; readonly after: number }>;

/**
 * Bands first, then the cap by rank: what is over a tier's cap waits in the next tier, where it takes places too (T14).
 * Takes the tiers from the highest down; a tier without a bound holds whoever comes and is not listed. Null when the model's
 * bands are not these tiers, or none has a bound.
 */
export function countCapOverflow(bands: Counts, caps: readonly TierCap[]): CapPreview[] | null {
  if (!caps.every(({ tier }) => bands.has(tier)) || caps.every(({ cap }) => cap === null)) return null;
  let waiting = { before: 0, after: 0 };
  return caps.flatMap(({ tier, cap }) => {
    if (cap === null) {
      waiting = { before: 0, after: 0 };
      return [];
    }
    const inBand = bands.get(tier) ?? { before: 0, after: 0 };
    const waitingFromAbove = waiting;
    const overBy = (at: "before" | "after") => Math.max(0, inBand[at] + waitingFromAbove[at] - cap);
    const over = { before: overBy("before"), after: overBy("after") };
    waiting = over;
    return { tier, cap, inBand: { before: inBand.before, after: inBand.after }, waitingFromAbove, over };
  });
}
