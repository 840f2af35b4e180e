import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { lastNightSlot } from "../../../server/intake/reconcile/night-slot.ts";

const at = (text: string) => Date.parse(text);
const hourMs = 3_600_000;

describe("the minute of the night at which a portal is compared", () => {
  it.each([
    ["2026-11-22T12:00:00Z", "UTC", 0, "2026-11-22T01:00:00Z"],
    ["2026-11-22T00:59:59Z", "UTC", 0, "2026-11-21T01:00:00Z"],
    ["2026-11-22T12:00:00Z", "UTC", 239, "2026-11-22T04:59:00Z"],
    ["2026-11-22T12:00:00Z", "UTC", 240, "2026-11-22T01:00:00Z"],
    ["2026-11-22T12:00:00Z", "America/New_York", 30, "2026-11-22T06:30:00Z"],
    ["2026-11-22T12:00:00Z", "Asia/Kolkata", 0, "2026-11-21T19:30:00Z"],
    // Clocks went back at 03:00 summer time, 01:00 UTC: four o'clock of that night is winter time already.
    ["2026-10-25T12:00:00Z", "Europe/Madrid", 180, "2026-10-25T03:00:00Z"],
    ["2026-11-22T12:00:00Z", "Nowhere/Land", 0, "2026-11-22T01:00:00Z"],
  ])("at %s in %s for portal %i was %s", (now, zone, portalId, slot) => {
    expect(new Date(lastNightSlot(at(now), zone, portalId)).toISOString()).toBe(new Date(slot).toISOString());
  });

  it("lies in the last 25 hours, also when clocks are changed", () => {
    const zones = ["UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
    const times = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-01-01T00:00:00Z") });
    fc.assert(
      fc.property(times, fc.constantFrom(...zones), fc.nat(1_000), (now, zone, portalId) => {
        const slot = lastNightSlot(now, zone, portalId);
        expect(slot).toBeLessThanOrEqual(now + hourMs);
        expect(slot).toBeGreaterThan(now - 25 * hourMs);
      }),
    );
  });
});
