export interface Proportion {
  readonly numerator: number;
  readonly denominator: number;
  /** 0 … 1; null when the denominator is 0: "n/a". */
  readonly rate: number | null;
  /** 95 % Wilson interval, 0 … 1 each; null when the denominator is 0 (product.md §8). */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** 97.5th percentile of the normal distribution. */
const z = 1.959963984540054;

/** A rate with its 95 % Wilson score interval, which holds for small numbers too. */
export function toProportion(numerator: number, denominator: number): Proportion {
  if (denominator <= 0) return { numerator, denominator, rate: null, interval: null };
  const rate = numerator / denominator;
  const square = (z * z) / denominator;
  const middle = (rate + square / 2) / (1 + square);
  const half = (z * Math.sqrt((rate * (1 - rate)) / denominator + square / (4 * denominator))) / (1 + square);
  return {
    numerator,
    denominator,
    rate,
    interval: { low: Math.max(0, middle - half), high: Math.min(1, middle + half) },
  };
}
