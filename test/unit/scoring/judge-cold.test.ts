import { describe, expect, it } from "@jest/globals";
import type { AccountScore } from "@touchstone/shared/account-score.ts";
import { coldPrompt } from "@touchstone/shared/cold-prompt.ts";
import { defaultColdRule } from "@touchstone/shared/cold-rule.ts";
import { isWarm } from "../../../server/scoring/judge-cold.ts";
import { day, now } from "./build-snapshot.ts";

type Scored = Pick<AccountScore, "axes" | "state">;

function scored(axis: string, score: number, max: number, state: Scored["state"] = "scored"): Scored {
  return { state, axes: [{ key: axis, label: axis, score, attainable: max, max }] };
}

describe("The cold rule (row 84)", () => {
  it.each([
    [4.9, false],
    [5, true],
  ])("finds %s of 25 points of engagement warm: %s, the line being 20 %%", (points, warm) => {
    const scores = { priority: scored("engagement", points, 25), readiness: scored("engagement", 10, 10) };
    expect(isWarm(scores, defaultColdRule)).toBe(warm);
  });

  it("takes the readiness model's engagement where the priority model has none", () => {
    const scores = (points: number) => ({
      priority: scored("value", 60, 60),
      readiness: scored("engagement", points, 10),
    });
    expect([isWarm(scores(1.9), defaultColdRule), isWarm(scores(2), defaultColdRule)]).toEqual([false, true]);
  });

  it("cannot tell when the account is excluded or no model has the axis", () => {
    const readiness = scored("engagement", 10, 10);
    expect(isWarm({ priority: scored("engagement", 0, 25, "excluded"), readiness }, defaultColdRule)).toBeNull();
    expect(isWarm({ priority: scored("value", 60, 60), readiness }, { ...defaultColdRule, axis: "other" })).toBeNull();
  });

  it("asks after 30 days below the line, and not a moment before", () => {
    const ask = (ms: number) => coldPrompt({ fellAt: now - ms, answeredAt: null }, defaultColdRule, now);
    expect(ask(30 * day - 1)).toBeNull();
    expect(ask(30 * day)).toContain("Engagement has been below 20 % for 30 days: pause what runs, change the message");
  });

  it("rests for 30 days after an answer", () => {
    const ask = (ms: number) => coldPrompt({ fellAt: now - 90 * day, answeredAt: now - ms }, defaultColdRule, now);
    expect(ask(30 * day - 1)).toBeNull();
    expect(ask(30 * day)).toContain("for 90 days");
  });
});
