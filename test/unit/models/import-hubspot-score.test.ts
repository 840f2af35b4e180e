import { describe, expect, it } from "@jest/globals";
import { importHubspotScore } from "../../../server/models/import-hubspot-score.ts";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { buildPerson, buildSignal, buildSnapshot, now } from "../scoring/build-snapshot.ts";
import {
  between,
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

const outcomesOf = (...calculations: object[]) =>
  importHubspotScore(scoreOf(calculations)).rules.map(({ outcome, text }) => [outcome, text]);

describe("HubSpot's own score", () => {
  const fit = scoreOf([
    match("industry", [enumeration("COMPUTER_SOFTWARE", "INTERNET"), 10], [enumeration("BANKING"), 5]),
    match("numberofemployees", [between(50, 199), 3], [number("IS_GREATER_THAN_OR_EQUAL_TO", 200), 8]),
    {
      type: "MATCH",
      property: "domain",
      matchRules: [
        {
          operation: { operationType: "ALL_PROPERTY", operator: "IS_KNOWN", includeObjectsWithNoValueSet: false },
          value: 2,
        },
      ],
    },
    {
      type: "CONDITIONAL",
      value: 5,
      whereCondition: {
        type: "COMPOSITE",
        operator: "AND",
        conditions: [
          single("country", enumeration("Germany")),
          { type: "COMPOSITE", operator: "AND", conditions: [single("annualrevenue", number("IS_GREATER_THAN", 1e6))] },
        ],
      },
    },
  ]);
  const intent = {
    id: "2",
    groupName: "Engagement",
    groupCategory: "INTENT",
    groupDecay: { decayIntervalDays: 30, percentToDecayPerInterval: 50 },
    ruleConfigurations: [
      {
        id: "9",
        enabled: true,
        maximumValue: 10,
        configuration: {
          calculation: overPeople(
            events({ eventTypeId: "4-666440", recordCalculation: constant(2), eventTimeframe: lastDays(60) }),
          ),
        },
      },
    ],
  };
  const whole = { ...fit, groupConfigs: [...fit.groupConfigs, intent] };

  it("becomes a model that scores an account as HubSpot would", () => {
    const { model, rules } = importHubspotScore(whole);
    if (model === null) throw new Error("nothing imported");
    expect(model.axes.map(({ key, max }) => [key, max])).toEqual([
      ["fit", 25],
      ["intent", 10],
    ]);
    const snapshot = buildSnapshot({
      properties: {
        industry: "INTERNET",
        numberofemployees: "199",
        domain: "a.example",
        country: "Germany",
        annualrevenue: "1000001",
      },
      people: [buildPerson("1"), buildPerson("2")],
      signals: [buildSignal("email_open", "1", 0.5), buildSignal("email_open", "2", 35)],
    });
    const score = scoreAccount(snapshot, compileModel(model), now);
    expect(score.lines.map((line) => line.points)).toEqual([10, 3, 2, 5, 3]);
    expect(rules.map(({ outcome }) => outcome)).toEqual(["imported", "imported", "imported", "imported", "changed"]);
    expect(rules[4]?.text).toBe(
      "50 % less every 30 days became a half-life of 30 days: equal at the half, slower after it",
    );
  });

  it("keeps the ends of ranges: 199 is in, 200 is the next, 49 is out", () => {
    const { model } = importHubspotScore(whole);
    const sizeOf = (numberofemployees: string) =>
      model === null
        ? null
        : scoreAccount(buildSnapshot({ properties: { numberofemployees } }), compileModel(model), now).lines[1]?.points;
    expect(["49", "50", "199", "200", "100000"].map(sizeOf)).toEqual([0, 3, 3, 8, 8]);
  });

  it("turns frequencies into a ladder and says what differs above its end", () => {
    const ranges = [
      { type: "BETWEEN", from: 1, to: 2, value: 1 },
      { type: "BETWEEN", from: 3, to: 5, value: 4 },
    ];
    const event = {
      eventTypeId: "4-1639801",
      recordCalculation: constant(0),
      eventFrequencyCriteria: { type: "BETWEEN", ranges },
    };
    const { model, rules } = importHubspotScore(scoreOf([overPeople(events(event))]));
    expect(model?.criteria[0]).toMatchObject({
      kind: "signal-rungs",
      signals: ["form_submission"],
      rungs: [{ points: 4 }, { points: 1 }],
    });
    expect(rules[0]).toMatchObject({
      outcome: "changed",
      text: "HubSpot counts since ever, this looks back 730 days; more than 5 events keep their points here; HubSpot gives none",
    });
  });

  it.each([
    [constant(5), "gives every record the same points, which tells none from another"],
    [match("industry", [enumeration("FARMING"), -10]), "takes points away: a model here only gives points"],
    [
      match("industry", [{ operationType: "ENUMERATION", operator: "IS_NONE_OF", values: ["A"] }, 3]),
      "compares industry in a way that has no counterpart: ENUMERATION IS_NONE_OF",
    ],
    [
      match("annualrevenue", [number("IS_GREATER_THAN", 5), 3], [number("IS_GREATER_THAN", 9), 5]),
      'overlaps a range of rung_1: a range excludes its "to", so let one end where the next starts',
    ],
    [
      {
        type: "SEGMENT_MEMBERSHIP",
        segmentMembershipRules: [{ operation: "HAS_ALL_SEGMENT_MEMBERSHIP", segmentIds: [1], value: 5 }],
      },
      "rests on segments, which are not read here: use the property behind the segment",
    ],
    [overPeople(events(), { rollupType: "MAX" }), "takes the MAX over people; here events add up"],
    [
      overPeople(events(), { associationFilters: { propertyFilters: [{ property: "jobtitle" }] } }),
      "counts only people with certain properties",
    ],
    [events({ eventTypeId: "4-1", recordCalculation: constant(1) }), "the event type 4-1 has no signal here"],
    [
      { type: "ASSOCIATIONS" },
      "rolls up properties of associated records: use committee reach, seniority or known people",
    ],
    [{ type: "NEW_KIND" }, "cannot be read: type: must name a known type"],
  ])("says of %j why it is left out", (calculation, text) => {
    expect(outcomesOf(calculation)).toEqual([["left out", text]]);
    expect(importHubspotScore(scoreOf([calculation])).model).toBeNull();
  });

  it("leaves out events that must be older than so many days, which a window cannot ask for", () => {
    const { eventFilterOperation } = lastDays(30);
    const older = { eventFilterOperation: { ...eventFilterOperation, operator: "IS_MORE_THAN_X_DAYS_AGO" } };
    const event = { eventTypeId: "4-666440", recordCalculation: constant(2), eventTimeframe: older };
    expect(outcomesOf(overPeople(events(event)))).toEqual([
      ["left out", "its time frame is not the last so many days: ROLLING_DATE_RANGE IS_MORE_THAN_X_DAYS_AGO"],
    ]);
  });

  it("says of points for an empty property that they are not given here", () => {
    const orEmpty = { ...number("IS_LESS_THAN", 50), includeObjectsWithNoValueSet: true };
    const germany = single("country", enumeration("Germany"));
    const small = single("numberofemployees", orEmpty);
    const all = { type: "CONDITIONAL", value: 5, whereCondition: { type: "COMPOSITE", conditions: [germany, small] } };
    expect(
      outcomesOf(
        match("numberofemployees", [orEmpty, 8]),
        { ...match("industry", [enumeration("FARMING"), 2]), defaultValue: 4 },
        all,
        match("numberofemployees", [orEmpty, 0], [number("IS_GREATER_THAN_OR_EQUAL_TO", 50), 3]),
      ),
    ).toEqual([
      ["changed", "an empty numberofemployees gives 8 points in HubSpot and none here"],
      ["changed", "an empty industry gives 4 points in HubSpot and none here"],
      ["changed", "an empty numberofemployees meets the condition in HubSpot; here it is unknown and gives no points"],
      ["imported", "became rule_4 (property-ranges)"],
    ]);
  });

  it("says that a gap between frequencies keeps the points below it", () => {
    const ranges = [
      { type: "BETWEEN", from: 1, to: 2, value: 1 },
      { type: "BETWEEN", from: 3, to: 3, value: 2 },
      { type: "AT_LEAST", from: 6, value: 4 },
    ];
    const event = {
      eventTypeId: "4-1639801",
      recordCalculation: constant(0),
      eventTimeframe: lastDays(60),
      eventFrequencyCriteria: { type: "BETWEEN", ranges },
    };
    expect(outcomesOf(overPeople(events(event)))).toEqual([
      ["changed", "4 to 5 events keep the points of fewer here; HubSpot gives none"],
    ]);
  });

  it("takes several calculations of one rule apart, because HubSpot adds them up", () => {
    const multi = { type: "MULTI", calculators: [match("country", [enumeration("Germany"), 3]), constant(1)] };
    expect(outcomesOf(multi).map(([outcome]) => outcome)).toEqual(["imported", "left out"]);
  });

  it("leaves out what is switched off, and the properties of people", () => {
    const off = scoreOf([], {
      ruleConfigurations: [{ id: "1", enabled: false, configuration: { calculation: constant(1) } }],
    });
    expect(importHubspotScore(off).rules[0]?.text).toBe("is switched off");
    const people = importHubspotScore(
      scoreOf([match("jobtitle", [enumeration("CTO"), 3])], {}, { objectTypeId: "0-1" }),
    );
    expect(people.rules[0]?.text).toBe("reads a property of another object than the company");
    expect(people.notes).toContain("this scores people in HubSpot; here what they do counts for their account");
  });

  it("takes thresholds over as bands and says what of the whole is not kept", () => {
    const { model, notes } = importHubspotScore(
      scoreOf(
        [match("country", [enumeration("Germany"), 50])],
        { maxValue: 40 },
        {
          filterConfiguration: { listFilterType: "EXCLUDES", segmentIds: [3] },
          outputConfiguration: {
            outputs: [
              {
                outputType: "THRESHOLD",
                categories: ["FIT"],
                boundaries: [
                  { label: "High", threshold: 40 },
                  { label: "Medium", threshold: 20 },
                ],
              },
              { outputType: "MATRIX", boundaries: {} },
            ],
          },
        },
      ),
    );
    expect(model?.bands.map(({ label, from }) => [label, from])).toEqual([
      ["Below", 0],
      ["Medium", 20],
      ["High", 40],
    ]);
    expect(notes).toHaveLength(3);
  });

  it("refuses what is no score configuration", () => {
    expect(() => importHubspotScore({ name: "x" })).toThrow();
  });
});
