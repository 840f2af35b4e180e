import type { Proportion } from "@touchstone/shared/wilson-interval.ts";

/**
 * How far chance alone may carry the difference of two shares: Newcombe's interval of 95 %, made of the two Wilson intervals (method 10
 * in Statistics in Medicine 17, 1998, p. 873). Null while one of them is of nothing.
 */
export function newcombeInterval(one: Proportion, other: Proportion): { low: number; high: number } | null {
  const [a, b] = [one, other];
  if (a.rate === null || b.rate === null || a.interval === null || b.interval === null) return null;
  const difference = a.rate - b.rate;
  return {
    low: difference - Math.hypot(a.rate - a.interval.low, b.interval.high - b.rate),
    high: difference + Math.hypot(a.interval.high - a.rate, b.rate - b.interval.low),
  };
}
