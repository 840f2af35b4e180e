import { describe, expect, it } from "@jest/globals";
import { describeIssues } from "@touchstone/shared/describe-issues.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { templateKeys } from "../../../server/scoring/load-template.ts";
import { template } from "./score-with.ts";

/** Messages for the playbook with some fields replaced, each given by its path. */
function faultsOf(changes: Record<string, unknown>): string[] {
  const model = structuredClone(template("playbook-100"));
  for (const [path, value] of Object.entries(changes)) set(model, path.split("."), value);
  const result = scoringModelSchema.safeParse(model, { reportInput: true });
  return result.success ? [] : describeIssues(result.error);
}

function set(target: object, [key, ...rest]: string[], value: unknown): void {
  if (key === undefined) return;
  const next: unknown = Reflect.get(target, key);
  if (rest.length > 0 && typeof next === "object" && next !== null) set(next, rest, value);
  else Reflect.set(target, key, value);
}

describe("a scoring model", () => {
  it.each(templateKeys)("is read and written without loss: %s", (key) => {
    const model = template(key);
    expect(scoringModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  it.each(templateKeys)("names a seed row or says ours at every ladder: %s", (key) => {
    for (const criterion of template(key).criteria) expect(criterion.source).toMatch(/row \d+|ours/);
  });

  it.each([
    [{ surprise: 1 }, "the whole: unknown key surprise: remove or correct the spelling"],
    [{ "criteria.1.windowDays": 30 }, "criteria[1]: unknown key windowDays: remove or correct the spelling"],
    [{ "criteria.0.kind": "magic" }, "criteria[0].kind: must name a known kind"],
    [{ "criteria.0.source": "a guess" }, 'criteria[0].source: must name its seed, such as "row 27", or say "ours"'],
    [{ "criteria.8.windowDays": 2_592_000 }, "criteria[8].windowDays: is in days, at most 730: for 30 days write 30"],
    [
      { "criteria.0.rungs.0.points": 9 },
      "axes[0].max: the criteria of Fit give at most 44, not 40: set it to 44 or change what they give",
    ],
    [{ "criteria.0.axis": "luck" }, "criteria[0].axis: no axis luck: use one of fit, intent, engagement"],
    [
      { "criteria.1.rungs.2.ranges.0.to": 60 },
      'criteria[1].rungs[1].ranges[0]: overlaps a range of borderline: a range excludes its "to", so let one end where the next starts',
    ],
    [
      { "criteria.0.rungs.1.values.0": "Internet" },
      "criteria[0].rungs[1].values[0]: Internet is already in perfect: a value belongs to one rung, remove one of them",
    ],
    [
      { "criteria.9.rungs.0.when.0.signals": ["call"] },
      "criteria[9].rungs[0].when[0].signals: call is not among the criterion's signals: add it there",
    ],
    [
      { "gates.0.conditions.0.points": 6 },
      "gates[0].conditions[0].points: can never be reached: industry gives at most 5",
    ],
    [
      { "bands.0.from": 10 },
      "bands[0].from: the first band must start at 0 and need no gate, so that every score has a band",
    ],
    [{ "bands.3.from": 50 }, "bands[3].from: must be more than 60: bands go from the lowest to the highest"],
    [{ "bands.3.gate": "vip" }, "bands[3].gate: no gate vip: name a gate of this model"],
    [{ "criteria.1.key": "industry" }, "criteria[1].key: industry is used twice: give it another key"],
    [
      { "criteria.8.halfLife": { days: 10, stepDays: 40 } },
      "criteria[8].halfLife.stepDays: is longer than the window of 30 days: nothing would ever decay",
    ],
  ])("with %j says where the fault is and what to do", (changes, message) => {
    expect(faultsOf(changes)).toContain(message);
  });

  it.each([
    [
      { "criteria.8.rungs.1.when.0.atLeast": 3, "criteria.8.rungs.0.when": [{ measure: "count", atLeast: 2 }] },
      "criteria[8].rungs[1]: can never be reached: deep asks for no more and is worth as much; give regular more points or ask for less",
    ],
    [
      { "criteria.14.rungs.1.people": 2 },
      "criteria[14].rungs[1]: can never be reached: multiple asks for no more and is worth as much; give key more points or ask for less",
    ],
    [
      { "criteria.0.rungs.2.values": [] },
      "criteria[0].rungs[2].values: adjacent has no value: add one or remove the rung",
    ],
    [{ "bands.3.from": 101 }, "bands[3].from: can never be reached: the model gives at most 100"],
    [
      { "criteria.0.property": "Industry" },
      "criteria[0].property: can never be known: HubSpot's internal names are in small letters, write industry",
    ],
    [
      { "criteria.0.property": "touchstone_tier" },
      "criteria[0].property: touchstone_tier is written by Touchstone itself: a score cannot rest on a score, name another property",
    ],
    [
      { "criteria.8.signals.0": "page-visits" },
      "criteria[8].signals[0]: page-visits is never recorded: write page_visit, or give a kind of your own another name",
    ],
    [
      { "engagement.ignoredRoles": ["champion"], "criteria.14.keyRoles": ["champion"] },
      "criteria[14].keyRoles: every key role is among engagement.ignoredRoles, whose people never count: name another role",
    ],
    [
      { "criteria.8.windowDays": 720 },
      "criteria[8].windowDays: 720 looks like hours: for 30 days write 30, for two years 730",
    ],
    [{ "coverage.provisionalBelow": 70 }, "coverage.provisionalBelow: is a part of 1: for 70 % write 0.7"],
    [
      { "engagement.scanner.withinSeconds": 10_000 },
      "engagement.scanner.withinSeconds: is in seconds, at most 3600: for 10 seconds write 10",
    ],
  ])("with %j says what no account can reach or know, and which unit is meant", (changes, message) => {
    expect(faultsOf(changes)).toContain(message);
  });

  it("names ten faults of ten kinds in one answer, each once", () => {
    const planted = {
      surprise: 1,
      "criteria.1.kind": "magic",
      "criteria.2.rungs.0.ranges.0.to": 6e8,
      "criteria.3.property": "Country",
      "criteria.8.windowDays": 2_592_000,
      "criteria.9.signals.1": "form-submissions",
      "criteria.14.rungs.1.people": 2,
      "criteria.17.axis": "luck",
      "bands.3.from": 1001,
      "gates.0.conditions.0.points": 6,
    };
    expect(faultsOf(planted)).toEqual([
      "criteria[1].kind: must name a known kind",
      "criteria[8].windowDays: is in days, at most 730: for 30 days write 30",
      "bands[3].from: must be at most 1000",
      "the whole: unknown key surprise: remove or correct the spelling",
      "criteria[17].axis: no axis luck: use one of fit, intent, engagement",
      'criteria[2].rungs[1].ranges[1]: overlaps a range of target: a range excludes its "to", so let one end where the next starts',
      "criteria[3].property: can never be known: HubSpot's internal names are in small letters, write country",
      "criteria[9].signals[1]: form-submissions is never recorded: write form_submission, or give a kind of your own another name",
      "criteria[14].rungs[1]: can never be reached: multiple asks for no more and is worth as much; give key more points or ask for less",
      "gates[0].conditions[0].points: can never be reached: industry gives at most 5",
    ]);
  });

  it("reports all faults of one kind of check at once", () => {
    expect(faultsOf({ "bands.0.from": 10, "criteria.0.axis": "luck", "gates.0.conditions.0.points": 6 })).toHaveLength(
      4,
    );
  });
});
