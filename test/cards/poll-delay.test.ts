import { describe, expect, it } from "@jest/globals";
import { IDLE_LIMIT_MS, pollDelayMs } from "../../hubspot-project/src/app/cards/poll-delay.ts";

describe("how soon a card asks again", () => {
  it("asks fastest while a change is on its way", () => {
    expect(pollDelayMs("pending", 0)).toBe(1_500);
  });

  it("does not hurry for a change that hangs", () => {
    expect(pollDelayMs("pending", 60_000)).toBe(2_500);
  });

  it("lets a server in trouble breathe", () => {
    expect(pollDelayMs("failed", 0)).toBe(15_000);
  });

  it("slows down, then rests, when nothing moves", () => {
    expect([0, 120_000, IDLE_LIMIT_MS].map((quietMs) => pollDelayMs("settled", quietMs))).toEqual([2_500, 5_000, null]);
  });

  it("rests after the same time whatever the last answer was", () => {
    expect([pollDelayMs("pending", IDLE_LIMIT_MS), pollDelayMs("failed", IDLE_LIMIT_MS)]).toEqual([null, null]);
  });
});
