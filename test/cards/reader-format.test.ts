import { describe, expect, it } from "@jest/globals";
import { createReaderFormat } from "../../shared/reader-format.ts";

const at = Date.parse("2026-11-20T23:30:00Z");

describe("times and numbers for a reader", () => {
  it("follow the reader's locale and the portal's time zone", () => {
    expect(createReaderFormat({ locale: "de-de", timeZone: "Europe/Berlin" }).moment(at)).toBe("21. Nov. 2026, 0:30");
    expect(createReaderFormat({ locale: "en_US", timeZone: "America/New_York" }).day(at)).toBe("Nov 20, 2026");
  });

  it("fall back to English and UTC when HubSpot names neither, or names none that exists", () => {
    const expected = createReaderFormat({}).moment(at);
    expect(expected).toContain("Nov 20, 2026");
    expect(createReaderFormat({ locale: "no such locale", timeZone: "Moon/Base" })).toMatchObject({ zone: "UTC" });
    expect(createReaderFormat({ locale: "no such locale", timeZone: "Moon/Base" }).moment(at)).toBe(expected);
  });

  it("show the score to one decimal and points to three", () => {
    const format = createReaderFormat({ locale: "en" });
    expect([format.score(62.4), format.score(62), format.points(4.3434)]).toEqual(["62.4", "62", "4.343"]);
    expect([format.change(4), format.change(-0.043), format.change(0)]).toEqual(["+4", "−0.043", "0"]);
  });
});
