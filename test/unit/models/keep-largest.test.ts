import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { keepLargest } from "../../../server/models/keep-largest.ts";

it("keeps what sorting everything would keep, the first of equals first", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), fc.integer({ min: 1, max: 10 }), (weights, most) => {
      const kept = keepLargest<number>(most);
      for (const [index, weight] of weights.entries()) kept.add(weight, index);
      const sorted = [...weights.entries()].sort(([a, x], [b, y]) => y - x || a - b);
      expect(kept.list()).toEqual(sorted.slice(0, most).map(([index]) => index));
    }),
  );
});
