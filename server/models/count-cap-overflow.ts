import type { CapPreview } from "@touchstone/shared/models-api.ts";

/** `bands-then-cap`, the default of the tier templates (market.md §1.2). */
const defaultCaps = [
  { tier: "tier_1", cap: 25 },
  { tier: "tier_2", cap: 75 },
  { tier: "tier_3", cap: 200 },
] as const;

type Counts = ReadonlyMap<string, { readonly before: number; readonly after: number }>;

/**
 * Bands first, then the cap by rank: what is over a tier's cap waits in the next tier, where it takes places too (T14).
 * Null when the model's bands are not these tiers.
 */
export function countCapOverflow(bands: Counts): CapPreview[] | null {
  if (!defaultCaps.every(({ tier }) => bands.has(tier))) return null;
  let waiting = { before: 0, after: 0 };
  return defaultCaps.map(({ tier, cap }) => {
    const inBand = bands.get(tier) ?? { before: 0, after: 0 };
    const waitingFromAbove = waiting;
    const overBy = (at: "before" | "after") => Math.max(0, inBand[at] + waitingFromAbove[at] - cap);
    const over = { before: overBy("before"), after: overBy("after") };
    waiting = over;
    return { tier, cap, inBand: { before: inBand.before, after: inBand.after }, waitingFromAbove, over };
  });
}
