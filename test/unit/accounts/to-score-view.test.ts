import { describe, expect, it } from "@jest/globals";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { toScoreView } from "../../../server/accounts/to-score-view.ts";
import { decideActions } from "../../../server/scoring/decide-actions.ts";
import { healthCorp, icpProperties } from "../scoring/build-snapshot.ts";
import { scoreWith, template } from "../scoring/score-with.ts";

const nobody = new Map();
const notIcp = "Size is one we sell to (3)";

describe("a score as a card shows it", () => {
  const readiness = template("readiness-10");
  const checksOf = (properties: Readonly<Record<string, string>>) => {
    const score = scoreWith(readiness, { ...healthCorp, properties });
    return toScoreView(score, nobody, decideActions(score, readiness, false)).checks;
  };

  it("T03 says that HealthCorp is no ideal customer, and that this alone keeps it from sales", () => {
    const checks = checksOf({ ...icpProperties, numberofemployees: "3" });
    expect(checks).toContain(`Ideal customer: no. Not so: ${notIcp}`);
    expect(checks).toContain("Call: due. 8 points, from 4 on");
    expect(checks).toContain(`Hand off to sales: not due. Ideal customer: Not so: ${notIcp}`);
  });

  it("T03 says which property is missing where nobody can tell whether it is one", () => {
    const missing =
      "Industry is one we sell to (industry is empty); Size is one we sell to (numberofemployees is empty)";
    expect(checksOf({})).toContain(`Ideal customer: not known. Not known: ${missing}`);
  });

  it("says how much of the model can be known, and that the rest is neither for nor against", () => {
    const { attainable, max, coverageText } = toScoreView(scoreWith("playbook-100", healthCorp), nobody);
    expect(coverageText).toBe(
      `${attainable} of ${max} points can be known from what is recorded. The other ${max - attainable} are not known yet: they count neither for nor against.`,
    );
    expect(toScoreView(scoreWith(readiness, healthCorp), nobody).coverageText).toMatch(/^All 10 points can be known/);
  });

  it("T10 has the rescaled score beside the score, where the model offers it, and says that it is provisional", () => {
    const base = template("playbook-100");
    const rescaledBy = (rescaleFrom: number, provisionalBelow: number) => {
      const coverage = { ...base.coverage, rescale: true, rescaleFrom, provisionalBelow };
      const score = scoreWith(scoringModelSchema.parse({ ...base, coverage }), healthCorp);
      return [toScoreView(score, nobody).rescaled, score.rescaled];
    };
    const [text, points] = rescaledBy(0.1, 0.9);
    expect(points).toBeGreaterThan(0);
    expect(text).toBe(`Rescaled to what is known: ${points} of 100, provisional`);
    expect(rescaledBy(0.1, 0.1)[0]).toBe(`Rescaled to what is known: ${points} of 100`);
    expect(rescaledBy(0.9, 0.9)).toEqual([null, null]);
    expect(toScoreView(scoreWith(base, healthCorp), nobody).rescaled).toBeNull();
  });
});
