import { describe, expect, it } from "@jest/globals";
import { compareCounts, directionOf } from "@touchstone/shared/compare-counts.ts";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { proportionText } from "@touchstone/shared/proportion-text.ts";
import { recordUrl } from "@touchstone/shared/record-url.ts";
import { tierLabel } from "@touchstone/shared/tier-label.ts";
import { timeLeft } from "@touchstone/shared/time-left.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe("The texts of the home page", () => {
  it.each([
    [17 * hourMs + 59 * minuteMs, "17 h left"],
    [59 * minuteMs, "59 min left"],
    [47 * hourMs, "47 h left"],
    [49 * hourMs, "2 days left"],
    [0, "0 min over"],
    [-3 * hourMs, "3 h over"],
  ])("says %d ms as %s, never more than there is", (ms, text) => {
    expect(timeLeft(1e12 + ms, 1e12)).toBe(text);
  });

  it("compares two weeks in words", () => {
    expect([compareCounts(3, 1), compareCounts(1, 3), compareCounts(2, 2)]).toEqual([
      "2 more than the week before",
      "2 fewer than the week before",
      "as many as the week before",
    ]);
    expect([directionOf(3, 1), directionOf(1, 3), directionOf(2, 2)]).toEqual(["up", "down", "same"]);
  });

  it("says a rate with what it is made of and its interval, and n/a for none of none", () => {
    expect(proportionText(toProportion(4, 20))).toBe("4 of 20 (20 %, 95 % interval 8–42 %)");
    expect(proportionText(toProportion(0, 0))).toBe("n/a (0 of 0)");
  });

  it("names a tier as the portal does, and says when there is none", () => {
    const tiers = [{ key: "tier_1", name: "Top twenty" }];
    expect(["tier_1", "tier_9", null, "excluded"].map((key) => tierLabel(tiers, key))).toEqual([
      "Top twenty",
      "No tier",
      "No tier",
      "Excluded",
    ]);
  });

  it("begins the address of a record where the portal's HubSpot is", () => {
    const portalId = asPortalId(7);
    expect(recordUrl({ portalId, uiDomain: "app-eu1.hubspot.com" }, "501")).toBe(
      "https://app-eu1.hubspot.com/contacts/7/record/0-2/501",
    );
    expect(recordUrl({ portalId, uiDomain: null }, "501")).toBe("https://app.hubspot.com/contacts/7/record/0-2/501");
  });
});
