import { describe, expect, it } from "@jest/globals";
import { gatheringWindowMs } from "../../../server/intake/gathering-window.ts";

const windowOf = (live: number, others: number) =>
  gatheringWindowMs({ free: Math.max(0, 104 - live - others), live, limit: 104, pausedMs: 0 }, 500);

describe("how long changes gather", () => {
  it.each([
    ["nothing was asked of HubSpot", 0, 0, 500],
    ["a backfill has left room for a turn", 10, 70, 500],
    ["live work has used most of half the budget", 50, 0, 500],
    ["live work has used more than half of the budget", 55, 0, 2_000],
    ["a backfill has left no room for a turn", 2, 94, 2_000],
    ["live work has used most of the budget", 90, 0, 10_000],
  ])("when %s", (_, live, others, windowMs) => {
    expect(windowOf(live, others)).toBe(windowMs);
  });
});
