import { describe, expect, it } from "@jest/globals";
import { outputProperties } from "@touchstone/shared/output-properties.ts";
import { reasonOf } from "../../../server/accounts/reason-of.ts";
import { toOutput } from "../../../server/accounts/to-output.ts";
import { tierOutput } from "../../../server/programme/tiers/tier-output.ts";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { buildSnapshot, healthCorp, now } from "../scoring/build-snapshot.ts";

const [priorityModel, readinessModel] = ["playbook-100", "readiness-10"].map((key) => {
  const template = loadTemplate(key);
  if (!template) throw new Error(`the template ${key} is missing`);
  return compileModel(template);
});

function outputOf(snapshot: typeof healthCorp) {
  if (!priorityModel || !readinessModel) throw new Error("a template is missing");
  const priority = scoreAccount(snapshot, priorityModel, now);
  const readiness = scoreAccount(snapshot, readinessModel, now);
  return { priority, readiness, output: toOutput(priority, readiness, reasonOf(priority, readiness)) };
}

/** Written by the programme, not by scoring. */
const ofTier = Object.keys(tierOutput({ tier: "out", since: 0, reason: "", waitingFor: null }, "UTC"));
const ofProgramme = [...ofTier, "touchstone_stage", "touchstone_stage_since"];

describe("what HubSpot should hold", () => {
  it("is a text for every output property and for nothing else", () => {
    const { output } = outputOf(healthCorp);
    const names: string[] = outputProperties.map(({ name }) => name).filter((name) => !ofProgramme.includes(name));
    expect(Object.keys(output).sort()).toEqual(names.sort());
    for (const value of Object.values(output)) expect(typeof value).toBe("string");
  });

  it("is the number of the score, its axes and its coverage", () => {
    const { priority, readiness, output } = outputOf(healthCorp);
    expect(output.touchstone_score).toBe(String(priority.score));
    expect(output.touchstone_readiness).toBe(String(readiness.score));
    expect(output.touchstone_fit).toBe(String(priority.axes.find((axis) => axis.key === "fit")?.score));
    expect(output.touchstone_coverage).toMatch(/^\d{1,3}$/);
    expect(output.touchstone_tier).toBe(priority.band?.key);
    expect(output.touchstone_model).toMatch(/^playbook-100 v\d+, readiness-10 v\d+$/);
  });

  it("uses only values that the properties' options know", () => {
    for (const snapshot of [healthCorp, buildSnapshot()]) {
      const { output } = outputOf(snapshot);
      for (const property of outputProperties) {
        if (!("options" in property)) continue;
        const known = ["", ...property.options.map(({ value }) => value)];
        if (property.name in output) expect(known).toContain(output[property.name as keyof typeof output]);
      }
    }
  });

  it("of an account about which nothing is known says so in words and leaves no number unexplained", () => {
    const { output } = outputOf(buildSnapshot());
    expect(output.touchstone_score).toBe("0");
    expect(output.touchstone_reason).toMatch(/No engagement in sight yet\.$/);
  });
});
