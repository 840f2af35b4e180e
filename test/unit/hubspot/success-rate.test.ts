import { describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { createSuccessRate } from "../../../server/hubspot/success-rate.ts";

const [a, b] = [asPortalId(1), asPortalId(2)];

describe("the success rate of calls to HubSpot", () => {
  it("is unknown before the first call, then the share of those that succeeded", () => {
    const rate = createSuccessRate(() => 0);
    expect(rate.ofAll()).toBeNull();
    for (const isSuccess of [true, true, true, false]) rate.record(a, isSuccess);
    expect(rate.ofAll()).toBe(0.75);
  });

  it("forgets what is older than the window, and only that", () => {
    let now = 0;
    const rate = createSuccessRate(() => now, 600_000);
    rate.record(a, false);
    now = 300_000;
    rate.record(a, true);
    expect(rate.ofAll()).toBe(0.5);
    now = 600_000;
    expect(rate.ofAll()).toBe(1);
    now = 900_000;
    expect(rate.ofAll()).toBeNull();
  });

  it("names the portals that are worst off, and none of which too little is known", () => {
    const rate = createSuccessRate(() => 0);
    for (const isSuccess of [true, false]) rate.record(a, isSuccess);
    for (const isSuccess of [true, true, true, false]) rate.record(b, isSuccess);
    rate.record(null, false);
    rate.record(asPortalId(3), false);
    expect(rate.worst(10, 2)).toEqual([
      { portalId: a, rate: 0.5 },
      { portalId: b, rate: 0.75 },
    ]);
    expect(rate.worst(1, 1)).toEqual([{ portalId: 3, rate: 0 }]);
  });
});
