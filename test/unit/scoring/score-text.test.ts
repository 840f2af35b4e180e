import { describe, expect, it } from "@jest/globals";
import {
  axisText,
  coverageText,
  evidenceText,
  gateText,
  headlineText,
  lineText,
  raiseText,
  scoreText,
} from "@touchstone/shared/score-text.ts";
import { healthCorp, techCorp } from "./build-snapshot.ts";
import { lineOf, scoreWith } from "./score-with.ts";

describe("the wording of a score", () => {
  const readiness = scoreWith("readiness-10", healthCorp);
  const priority = scoreWith("playbook-100", healthCorp);
  const excluded = scoreWith("readiness-10", { ...techCorp, properties: { type: "VENDOR" } });

  it("puts the state in words before any number", () => {
    expect(headlineText(readiness, priority)).toBe("Sales-ready · Tier 4");
    expect(headlineText(excluded, priority)).toBe("Excluded: Not a buyer");
    expect(headlineText(null, null)).toBe("Not scored yet");
  });

  it("says how much is known and what that means", () => {
    expect(coverageText(priority)).toBe("41% known, provisional: 59 points are not known yet");
    expect(coverageText(readiness)).toBe("100% known");
    expect([scoreText(readiness), scoreText(excluded)]).toEqual(["8 of 10", "Excluded"]);
  });

  it("reads lines, axes, gates and evidence as plain sentences", () => {
    expect(lineText(lineOf(readiness, "opens"))).toBe("Emails opened: 3 of 3, 4 opens in 30 days");
    expect(lineText(lineOf(priority, "decision_speed"))).toBe(
      "Speed of decision: not known, nobody has judged this yet",
    );
    expect(priority.axes.map(axisText)).toEqual(["Fit 8 of 40", "Intent 8 of 35", "Engagement 2 of 25"]);
    expect(readiness.gates.map(gateText)).toEqual(["Ideal customer: yes", "Not a buyer: not known"]);
    expect(excluded.gates.map(gateText)).toContain("Not a buyer: yes");
    expect(lineOf(readiness, "downloads").evidence.map(evidenceText)).toEqual([
      "downloaded content (ROI calculator)",
      "downloaded content (Security guide)",
    ]);
  });

  it("names who would have to act only where it matters", () => {
    expect(raiseText("email_reply", { seniority: "vp", another: false })).toBe("A reply from a VP");
    expect(raiseText("email_reply", { seniority: null, another: true })).toBe("A reply from another person");
    expect(raiseText("our_webinar", null)).toBe('A signal "our webinar"');
  });
});
