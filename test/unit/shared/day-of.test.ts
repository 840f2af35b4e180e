import { describe, expect, it } from "@jest/globals";
import { dayEnd, dayOf } from "@touchstone/shared/day-of.ts";

describe("A calendar day on the portal's clock", () => {
  const zones = [
    "UTC",
    "Europe/Madrid",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
  ];
  // Among them the days on which clocks are changed in Madrid and New York.
  const days = ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2026-11-22"];

  it.each(zones)("ends with its last millisecond in %s, also when clocks are changed", (zone) => {
    for (const day of days) {
      const end = dayEnd(day, zone);
      expect([dayOf(end - 1, zone), dayOf(end, zone) > day]).toEqual([day, true]);
    }
  });

  it("is none for what is no day", () => {
    expect(dayEnd("", "UTC")).toBeNaN();
  });
});
