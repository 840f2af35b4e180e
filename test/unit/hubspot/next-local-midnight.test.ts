import { describe, expect, it } from "@jest/globals";
import { msToLocalMidnight } from "../../../server/hubspot/next-local-midnight.ts";

const hour = 3_600_000;

describe("The portal's next midnight", () => {
  it.each([
    ["UTC", Date.UTC(2026, 10, 22, 13), 11],
    ["Europe/Berlin", Date.UTC(2026, 10, 22, 13), 10],
    ["America/New_York", Date.UTC(2026, 10, 22, 13), 16],
    ["Asia/Kolkata", Date.UTC(2026, 10, 22, 13), 5.5],
    ["Pacific/Kiritimati", Date.UTC(2026, 10, 22, 13), 21],
    ["Europe/Berlin", Date.UTC(2026, 2, 29, 0, 30), 21.5],
    ["Europe/Berlin", Date.UTC(2026, 9, 24, 23, 30), 23.5],
  ])("in %s, from %i, is %d hours away", (zone, now, hours) => {
    expect(msToLocalMidnight(now, zone)).toBe(hours * hour);
  });

  it("is a whole day away at midnight itself", () => {
    expect(msToLocalMidnight(Date.UTC(2026, 10, 22), "UTC")).toBe(24 * hour);
  });

  it.each([null, "Mars/Olympus", ""])("is UTC's when the zone is %j", (zone) => {
    expect(msToLocalMidnight(Date.UTC(2026, 10, 22, 13), zone)).toBe(11 * hour);
  });

  it("always lies ahead, within a day and an hour, in every zone and across every change of clocks", () => {
    for (const zone of Intl.supportedValuesOf("timeZone")
      .filter((_, index) => index % 20 === 0)
      .concat("America/Santiago", "Africa/Cairo")) {
      for (let now = Date.UTC(2026, 0, 1); now < Date.UTC(2027, 0, 1); now += 61 * hour) {
        const ms = msToLocalMidnight(now, zone);
        expect(ms > 0 && ms <= 25 * hour).toBe(true);
      }
    }
  });
});
