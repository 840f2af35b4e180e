import type { SignalLevel, SignalRatings } from "@touchstone/shared/signals-api.ts";

/** Mean of the three ratings, to one decimal: the number that is compared is the one that is shown. */
export function meanRating({ relevance, recency, volume }: SignalRatings): number {
  return Math.round(((relevance + recency + volume) / 3) * 10) / 10;
}

/** High from 8, medium from 5, low below (market.md row 41). */
export function levelOf(ratings: SignalRatings): SignalLevel {
  const mean = meanRating(ratings);
  if (mean >= 8) return "high";
  return mean >= 5 ? "medium" : "low";
}
