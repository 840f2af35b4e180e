import { describe, expect, it } from "@jest/globals";
import { parseNumber } from "../../../hubspot-stand-in/seed/csv/parse-number.ts";
import { parseTime } from "../../../hubspot-stand-in/seed/csv/parse-time.ts";

describe("a number in a cell", () => {
  const cases: [text: string, value: string | null][] = [
    ["480", "480"],
    ["-12.50", "-12.50"],
    ["1,200,000", "1200000"],
    ["1.200.000", "1200000"],
    ["1.200,50", "1200.50"],
    ["12,5", "12.5"],
    ["$ 1,200", "1200"],
    ["1 200 EUR", "1200"],
    ["1.2E+3", "1200"],
    ["10K", null],
    ["51-200", null],
    ["1,20,0", null],
    ["", null],
  ];
  for (const [text, value] of cases) {
    it(`reads ${JSON.stringify(text)} as ${value ?? "nothing"}`, () => expect(parseNumber(text).value).toBe(value));
  }
});

describe("a time in a cell", () => {
  const cases: [text: string, value: string | null, ambiguous: boolean][] = [
    ["2026-03-04", "2026-03-04T00:00:00.000Z", false],
    ["2026-03-04 17:05", "2026-03-04T17:05:00.000Z", false],
    ["2026-03-04T17:05:06.789Z", "2026-03-04T17:05:06.000Z", false],
    ["2026-03-04T17:05:06+02:00", "2026-03-04T15:05:06.000Z", false],
    ["1772643600000", "2026-03-04T17:00:00.000Z", false],
    ["3/4/2026", "2026-03-04T00:00:00.000Z", true],
    ["13/4/2026", "2026-04-13T00:00:00.000Z", false],
    ["4/13/2026", "2026-04-13T00:00:00.000Z", false],
    ["4.3.2026", "2026-03-04T00:00:00.000Z", false],
    ["2026-02-30", null, false],
    ["yesterday", null, false],
  ];
  for (const [text, value, ambiguous] of cases) {
    it(`reads ${text} as ${value ?? "nothing"}${ambiguous ? " and says that it could be otherwise" : ""}`, () => {
      const parsed = parseTime(text, "datetime");
      expect(parsed.value).toBe(value);
      expect(parsed.note !== undefined).toBe(ambiguous);
    });
  }
});
