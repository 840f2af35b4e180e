import { describe, expect, it } from "@jest/globals";
import { modelShape, type ScoringModel } from "@touchstone/shared/model-shape.ts";
import fc from "fast-check";
import { describeModelChanges } from "../../../server/scoring/describe-model-changes.ts";
import { templateKeys } from "../../../server/scoring/load-template.ts";
import { template } from "./score-with.ts";

/** The playbook after an edit of its data. */
function edited(edit: (model: ScoringModel) => void): string[] {
  const model = structuredClone(template("playbook-100"));
  edit(model);
  return describeModelChanges(template("playbook-100"), model);
}

function criterionOf(model: ScoringModel, key: string): object {
  return model.criteria.find((one) => one.key === key) ?? {};
}

describe("the difference between two versions", () => {
  it.each(templateKeys)("is nothing between %s and itself, whatever the version", (key) => {
    expect(describeModelChanges(template(key), { ...template(key), version: 7 })).toEqual([]);
  });

  it("names the part and says old and new", () => {
    const changes = edited((model) => {
      Object.assign(criterionOf(model, "website"), { windowDays: 60, label: "Visits" });
      Object.assign(model.axes[0] ?? {}, { max: 43 });
      Object.assign(model.bands[3] ?? {}, { from: 75, gate: "icp" });
      Object.assign(model.coverage, { rescale: true });
      Object.assign(model.engagement.scanner, { count: 4 });
    });
    expect(changes).toEqual([
      'Axis "Fit" has 43 points at most instead of 40.',
      'Criterion "Website visits" is called "Visits" instead of "Website visits".',
      'Criterion "Website visits" looks back 60 days instead of 30.',
      "The model's engagement, scanner: has count 4 instead of 5.",
      'Band "Tier 1" starts at 75 points instead of 80.',
      'Band "Tier 1" now has gate "icp".',
      "The model's coverage has rescale true instead of false.",
    ]);
  });

  it("says one point as one, and what the document says about itself last", () => {
    const changes = edited((model) => {
      Object.assign(model, { key: "mine", description: "Ours.", source: "ours" });
      Object.assign(model.axes[0] ?? {}, { max: 1 });
    });
    expect(changes[0]).toBe('Axis "Fit" has 1 point at most instead of 40.');
    expect(changes.slice(1).map((text) => text.split(" ")[3])).toEqual(["key", "description", "source"]);
  });

  it("goes down to rungs, values and ranges", () => {
    const changes = edited((model) => {
      for (const criterion of model.criteria) {
        const rung = "rungs" in criterion ? criterion.rungs[0] : undefined;
        if (criterion.key === "industry") Object.assign(rung ?? {}, { points: 8, values: ["INTERNET", "AIRLINES"] });
        if (criterion.key === "size") Object.assign(rung ?? {}, { ranges: [{ from: 300 }] });
      }
    });
    expect(changes).toEqual([
      'Rung "perfect" of criterion "Industry" gives 8 points instead of 5.',
      'Rung "perfect" of criterion "Industry": values now with "AIRLINES", without "COMPUTER_SOFTWARE", "INFORMATION_TECHNOLOGY_AND_SERVICES", "COMPUTER_NETWORK_SECURITY".',
      'Rung "ideal" of criterion "Company size": ranges now with 300 and more, without 200 to under 2000.',
    ]);
  });

  it("tells what is new, gone and moved", () => {
    const changes = edited((model) => {
      model.criteria.reverse();
      model.criteria.pop();
      model.bands.push({ key: "tier_0", label: "Tier 0", phrase: "All hands", from: 95 });
    });
    expect(changes[0]).toBe('Criterion "Industry" is gone.');
    expect(changes[1]).toMatch(/^The model has another order of its parts \(criterion\): Follow-through, /);
    expect(changes[2]).toBe('Band "Tier 0" is new.');
  });

  it("is never silent: any value that changes anywhere makes a sentence", () => {
    fc.assert(
      fc.property(fc.constantFrom(...templateKeys), fc.nat(), (key, pick) => {
        const model = structuredClone(template(key));
        const places = listLeaves(model).filter(([owner, field]) => owner !== model || field !== "version");
        const [owner, field] = places[pick % places.length] ?? [model, "name"];
        const value: unknown = Reflect.get(owner, field);
        Reflect.set(owner, field, typeof value === "number" ? value + 1 : `${String(value)} changed`);
        expect(describeModelChanges(template(key), model).length).toBeGreaterThan(0);
      }),
    );
  });
});

function listLeaves(value: object): [object, string][] {
  return Object.entries(value).flatMap(([field, inner]): [object, string][] =>
    typeof inner === "object" && inner !== null ? listLeaves(inner) : [[value, field]],
  );
}

describe("a model that is written out", () => {
  it.each(templateKeys)("comes back the same: %s", (key) => {
    const written = JSON.stringify(template(key), null, 2);
    expect(JSON.stringify(modelShape.parse(JSON.parse(written)), null, 2)).toBe(written);
  });
});
