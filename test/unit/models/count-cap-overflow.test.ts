import { describe, expect, it } from "@jest/globals";
import { countCapOverflow } from "../../../server/models/count-cap-overflow.ts";

const counts = (tiers: Readonly<Record<string, number>>) =>
  new Map(Object.entries(tiers).map(([tier, after]) => [tier, { before: 0, after }]));

const caps = [
  { tier: "tier_1", cap: 25 },
  { tier: "tier_2", cap: 75 },
  { tier: "tier_3", cap: 200 },
];

describe("the overflow of caps", () => {
  it("lets 15 of 40 accounts wait for tier 1 in tier 2 (T14)", () => {
    const tiers = countCapOverflow(counts({ tier_1: 40, tier_2: 10, tier_3: 0 }), caps);
    expect(tiers?.map(({ tier, over }) => [tier, over.after])).toEqual([
      ["tier_1", 15],
      ["tier_2", 0],
      ["tier_3", 0],
    ]);
    expect(tiers?.[1]?.waitingFromAbove).toEqual({ before: 0, after: 15 });
  });

  it("hands on what the next tier cannot hold either", () => {
    const tiers = countCapOverflow(counts({ tier_1: 130, tier_2: 50, tier_3: 190 }), caps);
    expect(tiers?.map(({ over }) => over.after)).toEqual([105, 80, 70]);
  });

  it("is not counted for bands that are not these tiers", () => {
    expect(countCapOverflow(counts({ hot: 3, warm: 4, cold: 5 }), caps)).toBeNull();
  });

  it("is what the given caps leave over, and ends where a tier has no bound", () => {
    const own = [caps[0], { tier: "tier_2", cap: null }, { tier: "tier_3", cap: 3 }].flatMap((one) => one ?? []);
    expect(countCapOverflow(counts({ tier_1: 40, tier_2: 10, tier_3: 5 }), own)).toEqual([
      expect.objectContaining({ tier: "tier_1", cap: 25, over: { before: 0, after: 15 } }),
      expect.objectContaining({ tier: "tier_3", cap: 3, over: { before: 0, after: 2 } }),
    ]);
    expect(countCapOverflow(counts({ tier_1: 40 }), [{ tier: "tier_1", cap: null }])).toBeNull();
  });
});
