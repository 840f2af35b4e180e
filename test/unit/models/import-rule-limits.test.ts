import { describe, expect, it } from "@jest/globals";
import { importHubspotScore } from "../../../server/models/import-hubspot-score.ts";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { buildPerson, buildSignal, buildSnapshot, now } from "../scoring/build-snapshot.ts";
import {
  constant,
  enumeration,
  events,
  lastDays,
  match,
  number,
  overPeople,
  scoreOf,
  single,
} from "./build-hubspot-score.ts";

const opens = "4-666440";
const clicks = "4-666288";
const forms = "4-1639801";

const counted = (eventTypeId: string, points: number, days = 60) => ({
  eventTypeId,
  recordCalculation: constant(points),
  eventTimeframe: lastDays(days),
});

/** What becomes of one rule with a limit, by itself in its group. */
const importLimited = (calculation: object, maximumValue: number, group: object = {}) =>
  importHubspotScore(
    scoreOf([], {
      ruleConfigurations: [{ id: "1", enabled: true, maximumValue, configuration: { calculation } }],
      ...group,
    }),
  );

type Import = ReturnType<typeof importLimited>;
const axesOf = ({ model }: Import) => model?.axes.map(({ key, max }) => [key, max]);
const outcomesOf = ({ rules }: Import) => rules.map(({ outcome, text }) => [outcome, text]);

function scoreWith({ model }: Import, given: Parameters<typeof buildSnapshot>[0]): number[] {
  if (model === null) throw new Error("nothing imported");
  return scoreAccount(buildSnapshot(given), compileModel(model), now).lines.map(({ points }) => points ?? -1);
}

const didAll = (...kinds: string[]) => ({
  people: [buildPerson("1")],
  signals: kinds.flatMap((kind, at) => (kind === "" ? [] : [buildSignal(kind, "1", at + 1)])),
});

describe("the limit of a rule", () => {
  it("is one criterion where its events count alike: opens and clicks of 2 under 10 give 10", () => {
    const imported = importLimited(overPeople(events(counted(opens, 2), counted(clicks, 2))), 10);
    expect(axesOf(imported)).toEqual([["fit", 10]]);
    expect(outcomesOf(imported)).toEqual([["imported", "became rule_1 (signal-count)"]]);
    expect(imported.model?.criteria[0]).toMatchObject({
      label: "Firmographics: Emails opened, Links clicked in emails",
      signals: ["email_open", "email_click"],
      unit: { one: "event", many: "events" },
    });
    expect(scoreWith(imported, didAll("email_open", "email_click", "email_open"))).toEqual([6]);
    const six = ["email_open", "email_click", "email_open", "email_click", "email_open", "email_click"];
    expect(scoreWith(imported, didAll(...six))).toEqual([10]);
  });

  it("is said to hold for each part alone where they count differently", () => {
    const imported = importLimited(overPeople(events(counted(opens, 1), counted(clicks, 1), counted(forms, 5))), 10);
    expect(axesOf(imported)).toEqual([["fit", 20]]);
    const text = "the limit of 10 points holds for each of its 2 parts alone here: together they can give 20";
    expect(outcomesOf(imported)).toEqual([
      ["changed", text],
      ["changed", text],
    ]);
  });

  it("never joins one event with itself, which HubSpot would count twice", () => {
    const imported = importLimited(overPeople(events(counted(opens, 2), counted(opens, 2))), 10);
    expect(imported.model?.criteria).toHaveLength(2);
    expect(imported.rules.map(({ outcome }) => outcome)).toEqual(["changed", "changed"]);
  });

  it("leaves events apart without a limit", () => {
    const calculation = overPeople(events(counted(opens, 2), counted(clicks, 2)));
    expect(importHubspotScore(scoreOf([calculation])).model?.criteria).toHaveLength(2);
  });

  it("is what one event gives that is worth more", () => {
    const imported = importLimited(overPeople(events(counted(forms, 8))), 5);
    expect(outcomesOf(imported)).toEqual([["imported", "became rule_1 (signal-count)"]]);
    expect(scoreWith(imported, didAll("form_submission", "form_submission"))).toEqual([5]);
  });

  it("of an event that is worth more and fades is said to fade from the limit on", () => {
    const groupDecay = { decayIntervalDays: 30, percentToDecayPerInterval: 50 };
    const imported = importLimited(overPeople(events(counted(forms, 8))), 5, { groupDecay });
    expect(imported.rules[0]?.text).toContain(
      "one event is worth 8 points and fades to the limit of 5 first in HubSpot",
    );
  });

  it("is the most that a property gives, by text, number, being filled or several conditions", () => {
    const industry = importLimited(match("industry", [enumeration("FARMING"), 20], [enumeration("BANKING"), 3]), 5);
    expect(axesOf(industry)).toEqual([["fit", 5]]);
    expect(outcomesOf(industry)).toEqual([["imported", "became rule_1 (property-map)"]]);
    expect(scoreWith(industry, { properties: { industry: "FARMING" } })).toEqual([5]);
    expect(scoreWith(industry, { properties: { industry: "BANKING" } })).toEqual([3]);
    const size = { ...match("numberofemployees", [number("IS_LESS_THAN", 50), 20]), defaultValue: 9 };
    expect(axesOf(importLimited(size, 5))).toEqual([["fit", 5]]);
    expect(scoreWith(importLimited(size, 5), { properties: { numberofemployees: "70" } })).toEqual([5]);
    const known = match("domain", [{ operationType: "ALL_PROPERTY", operator: "IS_KNOWN" }, 20]);
    expect(axesOf(importLimited(known, 5))).toEqual([["fit", 5]]);
    const conditions = [single("country", enumeration("Germany")), single("industry", enumeration("FARMING"))];
    const both = { type: "CONDITIONAL", value: 20, whereCondition: { type: "COMPOSITE", conditions } };
    expect(axesOf(importLimited(both, 5))).toEqual([["fit", 5]]);
  });

  it("ends a ladder of frequencies", () => {
    const ranges = [1, 3, 6].map((from, index) => ({ type: "AT_LEAST", from, to: [2, 5][index], value: 4 * from }));
    const ladder = { ...counted(forms, 0), eventFrequencyCriteria: { ranges } };
    const imported = importLimited(overPeople(events(ladder)), 10);
    expect(outcomesOf(imported)).toEqual([["imported", "became rule_1 (signal-rungs)"]]);
    expect(imported.model?.criteria[0]).toMatchObject({
      rungs: [
        { key: "from_3", points: 10 },
        { key: "from_1", points: 4 },
      ],
    });
  });

  it("of several calculations is said not to be kept only where they come to more", () => {
    const multi = {
      type: "MULTI",
      calculators: [match("industry", [enumeration("FARMING"), 4]), match("country", [enumeration("Germany"), 3])],
    };
    expect(importLimited(multi, 7).rules.map(({ outcome }) => outcome)).toEqual(["imported", "imported"]);
    expect(importLimited(multi, 6).rules[0]).toMatchObject({
      outcome: "changed",
      text: "the limit of 6 points holds for each of its 2 parts alone here: together they can give 7",
    });
  });

  it("of nothing leaves the rule out", () => {
    const text = "its limit of 0 leaves no points to give";
    expect(outcomesOf(importLimited(match("industry", [enumeration("FARMING"), 20]), 0))).toEqual([["left out", text]]);
  });
});
