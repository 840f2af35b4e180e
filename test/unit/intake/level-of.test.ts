import { expect, it } from "@jest/globals";
import { levelOf, meanRating } from "../../../server/intake/level-of.ts";

it.each([
  [[10, 10, 10], 10, "high"],
  [[8, 8, 8], 8, "high"],
  [[9, 8, 7], 8, "high"],
  [[8, 8, 7], 7.7, "medium"],
  [[5, 5, 5], 5, "medium"],
  [[5, 5, 4], 4.7, "low"],
  [[1, 1, 1], 1, "low"],
] as const)("rates %j as %d, %s (row 41)", ([relevance, recency, volume], mean, level) => {
  expect(meanRating({ relevance, recency, volume })).toBe(mean);
  expect(levelOf({ relevance, recency, volume })).toBe(level);
});
