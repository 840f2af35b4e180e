import { describe, expect, it } from "@jest/globals";
import { standingOf } from "../../../server/accounts/standing-of.ts";

const band = { key: "tier_3", label: "Tier 3" };
const tier1 = { key: "tier_1", label: "Tier 1" };
const place = { tier: tier1, since: 1, reason: "Put into Tier 1 by hand: a lighthouse customer.", waitingFor: null };

describe("the tier that a card names", () => {
  it("is the place, with what the score alone would say where the two differ", () => {
    expect(standingOf(band, place)).toEqual({
      label: "Tier 1",
      note: "Tier 3 by score. Put into Tier 1 by hand: a lighthouse customer.",
    });
    expect(standingOf(tier1, { ...place, reason: "Entered Tier 1: score 81." }).note).toBe("Entered Tier 1: score 81.");
    expect(standingOf(null, place).note).toMatch(/^No tier by score\. Put/);
  });

  it("names who waits as waiting (T14)", () => {
    const waits = {
      tier: null,
      since: 1,
      reason: "Out of the programme: score 82. Waits for Tier 1.",
      waitingFor: tier1,
    };
    expect(standingOf(tier1, waits)).toEqual({
      label: "Waiting",
      note: "Tier 1 by score. Out of the programme: score 82. Waits for Tier 1.",
    });
  });

  it("is the band of the score until places are given", () => {
    expect(standingOf(band, null)).toEqual({ label: "Tier 3", note: "By score" });
    expect(standingOf(null, null)).toEqual({ label: "None", note: "No tier at this score" });
  });
});
