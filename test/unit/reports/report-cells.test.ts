import { describe, expect, it } from "@jest/globals";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import { proportionCell } from "../../../server/reports/report-cells.ts";

const valueFor = (numerator: number, denominator: number) => proportionCell(toProportion(numerator, denominator)).value;

describe("A share in a report", () => {
  it("has one decimal where it is not whole, and is all or none only where it is that", () => {
    expect(valueFor(12, 40)).toBe("12 of 40 (30 %)");
    expect(valueFor(199, 200)).toBe("199 of 200 (99.5 %)");
    expect(valueFor(2, 3)).toBe("2 of 3 (66.7 %)");
    expect(valueFor(200, 200)).toBe("200 of 200 (100 %)");
    expect(valueFor(0, 200)).toBe("0 of 200 (0 %)");
    expect(valueFor(4_999, 5_000)).toBe("4999 of 5000 (over 99.9 %)");
    expect(valueFor(1, 5_000)).toBe("1 of 5000 (under 0.1 %)");
    expect(valueFor(0, 0)).toBe("n/a (0 of 0)");
  });
});
