import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { effectiveCaps } from "../../../server/programme/tiers/effective-caps.ts";
import { tierTemplateKeys } from "../../../server/programme/tiers/load-tier-template.ts";
import { type Account, day, programmeOf, startAt, tierGame } from "./tier-game.ts";

const score = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 1_000 }).map((tenths) => tenths / 10),
);
const amount = fc.integer({ min: 0, max: 150_000 }).map(String);
const account = fc.record({
  score,
  fit: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 40 })),
  isExcluded: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  facts: fc.record({ touchstone_acv_potential: amount, touchstone_revenue_potential: amount }),
});
const step = fc.record({
  account: fc.nat(),
  score,
  answer: fc.constantFrom("approved", "refused", "none"),
  days: fc.integer({ min: 0, max: 20 }),
});
/** Caps small enough to matter. */
function tight(key: string) {
  const programme = programmeOf(key);
  return {
    ...programme,
    tiers: programme.tiers.map((tier, at) => ({ ...tier, cap: tier.cap === null ? null : 2 + at * 3 })),
  };
}
const play = fc.record({
  template: fc.constantFrom(...tierTemplateKeys),
  accounts: fc.array(account, { minLength: 1, maxLength: 40 }),
  steps: fc.array(step, { maxLength: 12 }),
});

describe("whatever happens to scores and whoever answers", () => {
  it("no tier is over its cap, nobody excluded is in a tier, and a second pass changes nothing", () => {
    fc.assert(
      fc.property(play, ({ template, accounts, steps }) => {
        const programme = tight(template);
        const own = accounts.map((one, index): Account => ({ ...one, id: String(100 + index) }));
        const game = tierGame(programme, own);
        const caps = effectiveCaps(programme, []);
        for (const { account: which, score: next, answer, days } of [...steps, ...steps]) {
          game.pass();
          for (const tier of programme.tiers)
            expect(game.in(tier.key).length).toBeLessThanOrEqual(caps.get(tier.key)?.cap ?? Number.POSITIVE_INFINITY);
          for (const { id, isExcluded } of own) {
            if (isExcluded) expect(game.standings.get(id)?.tier).toBe("excluded");
          }
          const before = structuredClone([...game.standings]);
          game.pass();
          expect([...game.standings]).toEqual(before);
          const [asking] = game.asking();
          if (asking && answer !== "none") game.answer(asking, answer);
          game.set(String(100 + (which % own.length)), { score: next });
          game.now += days * day;
        }
      }),
      { numRuns: 300 },
    );
  });

  it("the order of the list makes no difference", () => {
    fc.assert(
      fc.property(play, fc.nat(), ({ template, accounts }, seed) => {
        const own = accounts.map((one, index): Account => ({ ...one, id: String(100 + index) }));
        const other = [...own].sort(
          (a, b) => ((Number(a.id) * 7919 + seed) % 101) - ((Number(b.id) * 7919 + seed) % 101),
        );
        const [one, two] = [tierGame(tight(template), own), tierGame(tight(template), other)];
        expect(new Map([...one.pass()].sort())).toEqual(new Map([...two.pass()].sort()));
      }),
      { numRuns: 200 },
    );
  });

  it("nobody waits for a tier with a free place, and who waits ranks below those who got in by rank", () => {
    fc.assert(
      fc.property(play, ({ accounts }) => {
        const programme = tight("bands-then-cap");
        const game = tierGame(
          programme,
          accounts.map((one, index): Account => ({ ...one, id: String(100 + index) })),
        );
        game.now = startAt;
        game.pass();
        const scoreOf = (id: string) => game.accounts.find((one) => one.id === id)?.score ?? -1;
        for (const { key, cap } of programme.tiers) {
          if (game.waiting(key).length === 0) continue;
          expect(game.in(key)).toHaveLength(cap ?? 0);
          const last = Math.min(...game.in(key).map(scoreOf));
          for (const id of game.waiting(key)) expect(scoreOf(id)).toBeLessThanOrEqual(last);
        }
      }),
      { numRuns: 200 },
    );
  });
});
