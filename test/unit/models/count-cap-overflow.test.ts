import { describe, expect, it } from "@jest/globals";
import { countCapOverflow } from "../../../server/models/count-cap-overflow.ts";

const counts = (tiers: Readonly<Record<string, number>>) =>
  new Map(Object.entries(tiers).map(([tier, after]) => [tier, { before: 0, after }]));

describe("the overflow of the default caps", () => {
  it("lets 15 of 40 accounts wait for tier 1 in tier 2 (T14)", () => {
    const caps = countCapOverflow(counts({ tier_1: 40, tier_2: 10, tier_3: 0 }));
    expect(caps?.map(({ tier, over }) => [tier, over.after])).toEqual([
      ["tier_1", 15],
      ["tier_2", 0],
      ["tier_3", 0],
    ]);
    expect(caps?.[1]?.waitingFromAbove).toEqual({ before: 0, after: 15 });
  });

  it("hands on what the next tier cannot hold either", () => {
    const caps = countCapOverflow(counts({ tier_1: 130, tier_2: 50, tier_3: 190 }));
    expect(caps?.map(({ over }) => over.after)).toEqual([105, 80, 70]);
  });

  it("is not counted for bands that are not these tiers", () => {
    expect(countCapOverflow(counts({ hot: 3, warm: 4, cold: 5 }))).toBeNull();
  });
});
