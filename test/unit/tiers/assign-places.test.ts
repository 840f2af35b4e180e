import { describe, expect, it } from "@jest/globals";
import { accountsWith, day, programmeOf, startAt, tierGame } from "./tier-game.ts";

const bands = () => programmeOf("bands-then-cap");
const scores = (count: number, score: number) => Array.from({ length: count }, () => score);
const acv = (value: number | null) => ({ touchstone_acv_potential: value === null ? null : String(value) });

describe("a place in a tier", () => {
  it("T14: of 40 accounts at 80 and more, 25 are in Tier 1 and 15 in Tier 2, waiting for Tier 1", () => {
    const game = tierGame(bands(), accountsWith(Array.from({ length: 40 }, (_, index) => 80 + (index % 5))));
    game.pass();
    expect(game.in("tier_1")).toHaveLength(25);
    expect(game.in("tier_2")).toHaveLength(15);
    expect(game.waiting("tier_1").sort()).toEqual(game.in("tier_2").sort());
    const best = game.accounts.filter(({ score }) => (score ?? 0) >= 82).map(({ id }) => id);
    expect(game.in("tier_1")).toEqual(expect.arrayContaining(best));
  });

  it("T14: ties are broken by fit, then name, then id, whatever the order of the list", () => {
    const programme = { ...bands(), tiers: bands().tiers.map((tier) => ({ ...tier, cap: 1 })) };
    const accounts = [
      { id: "4", score: 90, fit: 30, name: "Beta" },
      { id: "3", score: 90, fit: 30, name: "Alpha" },
      { id: "2", score: 90, fit: 35, name: "Zeta" },
      { id: "1", score: 90, fit: null, name: "Aaa" },
    ];
    for (const order of [accounts, accounts.toReversed()]) {
      const game = tierGame(programme, structuredClone(order));
      game.pass();
      expect([game.in("tier_1"), game.in("tier_2"), game.in("tier_3"), game.in("out")]).toEqual([
        ["2"],
        ["3"],
        ["4"],
        ["1"],
      ]);
      expect(game.waiting("tier_1").sort()).toEqual(["1", "3", "4"]);
    }
  });

  it("T13: is by the score as it is shown: 80.0 is Tier 1, 79.9 Tier 2", () => {
    const game = tierGame(bands(), accountsWith([80, 79.9, 60, 59.9, 40, 39.9]));
    const verdicts = game.pass();
    expect([...verdicts.values()].map(({ tier }) => tier)).toEqual(expect.arrayContaining(["tier_1", "out"]));
    expect(["1000", "1001", "1002", "1003", "1004", "1005"].map((id) => verdicts.get(id)?.tier)).toEqual([
      "tier_1",
      "tier_2",
      "tier_2",
      "tier_3",
      "tier_3",
      "out",
    ]);
  });

  it("T17: by ACV potential of 100,000 / 100,001 / 20,000 / 19,999 / 5,000 / 4,999 is 2 / 1 / 2 / 3 / 3 / none", () => {
    const values = [100_000, 100_001, 20_000, 19_999, 5_000, 4_999, null];
    const accounts = values.map((value, index) => ({ id: String(index), score: 50, facts: acv(value) }));
    const verdicts = tierGame(programmeOf("acv-bands"), accounts).pass();
    expect(accounts.map(({ id }) => verdicts.get(id)?.tier)).toEqual([
      "mid_market",
      "enterprise",
      "mid_market",
      "scaled",
      "scaled",
      "out",
      "out",
    ]);
  });

  it("T18: behind a gate of all three axes is not given for 90 / 90 / 69, whatever the sum", () => {
    const [one, two, three] = bands().tiers;
    if (!one || !two || !three) throw new Error("a tier is missing");
    const gate = { match: "all" as const, conditions: [{ kind: "band" as const, bands: ["eligible"] }] };
    const programme = { ...bands(), tiers: [{ ...one, entry: gate }, { ...two, entry: gate }, three] };
    const game = tierGame(programme, [
      { id: "gated", score: 249, band: "not_eligible" },
      { id: "passed", score: 210, band: "eligible" },
    ]);
    game.pass();
    expect([game.in("tier_1"), game.in("tier_3")]).toEqual([["passed"], ["gated"]]);
  });

  it("of the best 25, next 75 and next 200 is by rank alone, and nobody waits for a rank", () => {
    const game = tierGame(programmeOf("top-n"), accountsWith(Array.from({ length: 400 }, (_, index) => index / 10)));
    game.pass();
    expect(["tier_1", "tier_2", "tier_3", "out"].map((tier) => game.in(tier).length)).toEqual([25, 75, 200, 100]);
    expect(game.in("tier_1")).toContain("1399");
    expect([...game.standings.values()].every(({ waitingFor }) => waitingFor === null)).toBe(true);
  });

  it("is never given beyond the places of all tiers together", () => {
    const game = tierGame(programmeOf("pilot-90"), accountsWith(scores(80, 70)));
    game.programme = { ...game.programme, totalCap: 30 };
    game.pass();
    expect(["tier_1", "tier_2", "tier_3"].map((tier) => game.in(tier).length)).toEqual([10, 15, 5]);
  });

  it("is never given to an excluded account, and taken from one at once", () => {
    const game = tierGame(bands(), accountsWith([95, 90]));
    game.set("1000", { isExcluded: true });
    game.pass();
    expect(game.in("excluded")).toEqual(["1000"]);
    game.set("1001", { isExcluded: true, score: null });
    game.pass();
    expect(game.in("tier_1")).toEqual([]);
    expect(game.asking()).toEqual([]);
  });
});

describe("moving between tiers", () => {
  it("goes up by itself when a place is free, and frees its own", () => {
    const game = tierGame(bands(), accountsWith([...scores(25, 85), ...scores(75, 70), 62]));
    game.pass();
    expect(game.waiting("tier_2")).toEqual(["1100"]);
    game.set("1000", { isExcluded: true });
    game.set("1030", { score: 81.2 });
    game.pass();
    expect(game.in("tier_1")).toContain("1030");
    expect(game.in("tier_2")).toContain("1100");
    expect(game.waiting("tier_2")).toEqual([]);
  });

  it("goes down only when somebody approves, and the best who waits takes the place", () => {
    const game = tierGame(bands(), accountsWith([...scores(25, 85), 83]));
    game.pass();
    game.set("1000", { score: 65 });
    game.pass();
    expect([game.in("tier_1").length, game.asking(), game.waiting("tier_1")]).toEqual([25, ["1000"], ["1025"]]);
    game.answer("1000", "approved");
    game.pass();
    expect(game.in("tier_1")).toContain("1025");
    expect(game.in("tier_2")).toEqual(["1000"]);
    expect(game.asking()).toEqual([]);
  });

  it("is not asked again for a month after somebody refused", () => {
    const game = tierGame(bands(), accountsWith([85]));
    game.pass();
    game.set("1000", { score: 65 });
    game.pass();
    game.answer("1000", "refused");
    game.now += 29 * day;
    game.pass();
    expect([game.in("tier_1"), game.asking()]).toEqual([["1000"], []]);
    game.now += 2 * day;
    game.pass();
    expect(game.asking()).toEqual(["1000"]);
  });

  it("is asked no more when the score comes back", () => {
    const game = tierGame(bands(), accountsWith([85]));
    game.pass();
    game.set("1000", { score: 65 });
    game.pass();
    game.set("1000", { score: 82 });
    game.pass();
    expect(game.asking()).toEqual([]);
  });

  it("does not flip between 59.9 and 60.1: the tier is kept down to two points under its line", () => {
    const game = tierGame(bands(), accountsWith([60.1]));
    for (const score of [60.1, 59.9, 60.1, 58]) {
      game.set("1000", { score });
      game.pass();
      expect([game.in("tier_2"), game.asking()]).toEqual([["1000"], []]);
    }
    game.set("1000", { score: 57.9 });
    game.pass();
    expect(game.asking()).toEqual(["1000"]);
  });

  it("is asked of the last in rank when somebody who waits ranks clearly higher, not when by a point", () => {
    const game = tierGame(bands(), accountsWith([...scores(25, 85), 84]));
    game.pass();
    game.set("1025", { score: 86 });
    game.pass();
    expect(game.asking()).toEqual([]);
    game.set("1025", { score: 95 });
    const verdicts = game.pass();
    const [asking] = game.asking();
    expect(verdicts.get(asking ?? "")?.demotion).toEqual({ to: "tier_2", why: "outranked" });
    expect(game.in("tier_1")).not.toContain("1025");
    game.answer(asking ?? "", "approved");
    game.pass();
    expect(game.in("tier_1")).toContain("1025");
    expect(game.waiting("tier_1")).toEqual([asking]);
  });

  it("is asked of the last in rank when people have fewer places than before", () => {
    const game = tierGame(bands(), accountsWith([...scores(20, 90), ...scores(5, 85)]));
    game.pass();
    game.people = [{ personId: "1", side: "sales", places: { tier_1: 22 } }];
    const verdicts = game.pass();
    expect(game.asking()).toEqual(["1022", "1023", "1024"]);
    expect(verdicts.get("1024")?.demotion?.why).toBe("too few places");
    for (const id of game.asking()) game.answer(id, "approved");
    game.pass();
    expect([game.in("tier_1").length, game.waiting("tier_1").length]).toEqual([22, 3]);
  });

  it("goes by itself where the portal wants so", () => {
    const game = tierGame({ ...bands(), demotion: { ...bands().demotion, mode: "automatic" } }, accountsWith([85]));
    game.pass();
    game.set("1000", { score: 65 });
    game.pass();
    expect([game.in("tier_2"), game.asking()]).toEqual([["1000"], []]);
  });

  it("follows an edit of the tiers at once where a tier is no more", () => {
    const game = tierGame(bands(), accountsWith([85, 65]));
    game.pass();
    const [one, ...others] = bands().tiers;
    if (!one) throw new Error("a tier is missing");
    game.programme = { ...bands(), tiers: [{ ...one, key: "gold" }, ...others] };
    game.pass();
    expect([game.in("gold"), game.in("tier_2"), game.asking()]).toEqual([["1000"], ["1001"], []]);
  });
});

describe("a person's override", () => {
  const override = { tier: "tier_1", reason: "Strategic", by: "77", expiresAt: startAt + 30 * day };

  it("wins over the score until it expires, takes a place, and ends without asking", () => {
    const game = tierGame(bands(), accountsWith([...scores(25, 85), 20]));
    game.set("1025", { override });
    game.pass();
    expect([game.in("tier_1").length, game.in("tier_1").includes("1025")]).toEqual([25, true]);
    expect(game.waiting("tier_1")).toHaveLength(1);
    game.now = override.expiresAt;
    game.pass();
    expect([game.in("out"), game.in("tier_1").length, game.waiting("tier_1")]).toEqual([["1025"], 25, []]);
    expect(game.asking()).toEqual([]);
  });

  it("can keep an account out", () => {
    const game = tierGame(bands(), accountsWith([95]));
    game.set("1000", { override: { ...override, tier: "out" } });
    game.pass();
    expect([game.in("out"), game.waiting("tier_1")]).toEqual([["1000"], []]);
  });
});
