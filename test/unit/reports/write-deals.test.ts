import { describe, expect, it } from "@jest/globals";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { ComparedDeal } from "../../../server/db/compared-deals.ts";
import { medianOf } from "../../../server/reports/median.ts";
import { newcombeInterval } from "../../../server/reports/newcombe-interval.ts";
import { writeDeals } from "../../../server/reports/write-deals.ts";

const dayMs = 86_400_000;

function deals(tier: string | null, won: number, lost: number, amount: number, cycle: number): ComparedDeal[] {
  return Array.from({ length: won + lost }, (_, n) => ({
    dealId: `${tier} ${n}`,
    accountId: `${tier} ${n}`,
    madeAt: 0,
    closedAt: cycle * dayMs,
    isWon: n < won,
    amount,
    isDayKnown: true,
    tier,
    employees: null,
    isLater: false,
  }));
}

const compared = (own: ComparedDeal[], others: ComparedDeal[]) => {
  const closed = { deals: [...own, ...others], isCut: false, withoutAccount: 0 };
  const rows = writeDeals({ closed, firstDay: "2026-01-01", currency: "EUR" })?.rows ?? [];
  return Object.fromEntries(rows.map(({ key, cells }) => [key, cells[2]]));
};

describe("Two sides of closed deals", () => {
  it("are compared from 30 on either side: lift, points with their interval, and how many times", () => {
    const found = compared(deals("tier_1", 20, 20, 3_000, 20), deals(null, 10, 30, 1_000, 40));
    // 50 % against 25 %, Wilson 35.2–64.8 and 14.2–40.2.
    expect(found["win-rate"]).toEqual({ value: "+100 %", note: "+25 points, 95 % interval +4 to +43" });
    expect(found.size).toEqual({ value: "× 3.00", note: "fewer than 30" });
    expect(found["cycle-won"]?.value).toBe("× 0.50");
    // 20 × 3,000 ÷ 20 against 10 × 1,000 ÷ 40.
    expect(found.velocity).toEqual({ value: "× 12.00", note: "" });
  });

  it("are not compared under 30, nor with a rate of 0", () => {
    const few = compared(deals("tier_1", 20, 20, 1, 1), deals(null, 9, 20, 1, 1));
    expect(Object.values(few).map((cell) => cell?.value)).toEqual(["n/a", "n/a", "n/a", "n/a", "n/a", "–"]);
    const none = compared(deals("tier_1", 20, 20, 1, 1), deals(null, 0, 40, 1, 1));
    expect(none["win-rate"]?.value).toBe("n/a (none of the others was won)");
  });
});

it("Newcombe's interval is that of his own example, 56 of 70 against 48 of 80", () => {
  const found = newcombeInterval(toProportion(56, 70), toProportion(48, 80));
  expect(found?.low).toBeCloseTo(0.0524, 4);
  expect(found?.high).toBeCloseTo(0.3339, 4);
  expect(newcombeInterval(toProportion(0, 0), toProportion(1, 2))).toBeNull();
});

it.each([
  [[], null],
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 2, 9], 3],
])("the middle of %j is %s", (values, median) => {
  expect(medianOf(values)).toBe(median);
});
