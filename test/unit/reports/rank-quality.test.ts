import { describe, expect, it } from "@jest/globals";
import { areaUnderCurve, liftAt } from "../../../server/reports/rank-quality.ts";

const of = (won: readonly number[], lost: readonly number[]) => [
  ...won.map((score) => ({ score, isWon: true })),
  ...lost.map((score) => ({ score, isWon: false })),
];

describe("The order of scores", () => {
  it.each([
    [[3, 4], [1, 2], 1],
    [[1, 2], [3, 4], 0],
    [[5, 5], [5, 5], 0.5],
    // 4 over 1 and 3, 2 over 1 alone: 3 of 4 pairs.
    [[4, 2], [1, 3], 0.75],
    // 3 over 1 and level with 3.
    [[3], [1, 3], 0.75],
  ])("is right in the share of pairs: won %j, lost %j give %s", (won, lost, auc) => {
    expect(areaUnderCurve(of(won, lost))).toBe(auc);
  });

  it("is of nothing while nothing was lost, or nothing won", () => {
    expect([areaUnderCurve(of([1], [])), areaUnderCurve(of([], [1])), areaUnderCurve([])]).toEqual([null, null, null]);
  });

  it("lifts the best over chance, and of equal scores at the edge counts their share", () => {
    expect(liftAt(of([9, 8], [7, 6]), 2)).toEqual({ won: 2, lift: 2 });
    expect(liftAt(of([9, 5], [5, 5, 1, 1]), 2)).toEqual({ won: 1 + 1 / 3, lift: ((1 + 1 / 3) * 6) / (2 * 2) });
    expect(liftAt(of([], [2, 1]), 1)).toEqual({ won: 0, lift: null });
    expect([liftAt(of([9], [1]), 2), liftAt(of([9], [1]), 0)]).toEqual([null, null]);
  });
});
