import type { Proportion } from "./wilson-interval.ts";

/**
 * "4 of 20 (20 %, 95 % interval 8–42 %)": never a rate without what it is made of (product.md §8). `decimals`: of the rate, where it is
 * held against a line that whole per cents could seem to reach.
 */
export function proportionText({ numerator, denominator, rate, interval }: Proportion, decimals = 0): string {
  if (rate === null || interval === null) return "n/a (0 of 0)";
  const percent = (share: number) => Math.round(100 * share);
  return `${numerator} of ${denominator} (${(100 * rate).toFixed(decimals)} %, 95 % interval ${percent(interval.low)}–${percent(interval.high)} %)`;
}
