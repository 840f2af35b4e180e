import { describe, expect, it } from "@jest/globals";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { decideActions, hasOpenDeal } from "../../../server/scoring/decide-actions.ts";
import {
  buildPerson,
  buildSignal,
  buildSnapshot,
  day,
  healthCorp,
  icpProperties,
  now,
  techCorp,
} from "./build-snapshot.ts";
import { lineOf, modelOf, scoreWith, template } from "./score-with.ts";

const models = ["readiness-10", "readiness-10-fit-point"];

function dueActions(snapshot: AccountSnapshot, model = template("readiness-10")): string[] {
  const score = scoreWith(model, snapshot);
  return decideActions(score, model, hasOpenDeal(snapshot)).flatMap((action) => (action.due ? [action.key] : []));
}

describe("readiness-10", () => {
  it.each(models)("T01 TechCorp has 5 points in %s: sales to call, no handoff", (key) => {
    const outside = { ...techCorp, properties: { industry: "COMPUTER_SOFTWARE", numberofemployees: "12" } };
    const score = scoreWith(key, outside);
    expect([score.score, score.band?.key]).toEqual([5, "call"]);
    expect(dueActions(outside, template(key))).toEqual(["call"]);
  });

  it.each(models)("T02 HealthCorp has 8 points in %s: sales-ready, handed off, opportunity expected", (key) => {
    const score = scoreWith(key, healthCorp);
    expect([score.score, score.band?.key]).toEqual([8, "sales_ready"]);
    expect(dueActions(healthCorp, template(key))).toEqual(["call", "handoff", "opportunity_expected"]);
  });

  it("T02 an open deal takes HealthCorp off the list of expected opportunities only", () => {
    const deal = { id: "1", state: "open", createdAt: now, closedAt: null, amount: null } as const;
    expect(dueActions({ ...healthCorp, deals: [deal] })).toEqual(["call", "handoff"]);
  });

  it.each([
    ["not ICP", { ...icpProperties, numberofemployees: "3" }],
    ["of unknown ICP", {}],
  ])("T03 HealthCorp %s keeps 8 points, is not sales-ready and not handed off", (_, properties) => {
    const score = scoreWith("readiness-10", { ...healthCorp, properties });
    expect([score.score, score.band?.key]).toEqual([8, "call"]);
    expect(dueActions({ ...healthCorp, properties })).toEqual(["call"]);
  });

  it("T04 6 points and ICP are handed off and not sales-ready", () => {
    const six = {
      ...techCorp,
      properties: icpProperties,
      signals: [...techCorp.signals, buildSignal("event_attended", "501", 2)],
    };
    expect([scoreWith("readiness-10", six).score, scoreWith("readiness-10", six).band?.key]).toEqual([6, "call"]);
    expect(dueActions(six)).toEqual(["call", "handoff"]);
  });

  it("T05 an account that decays from 6 to 5.9 is not to be handed off, and is again when it comes back", () => {
    const base = template("readiness-10");
    const halved = base.criteria.map((one) =>
      one.key === "opens" ? { ...one, halfLife: { days: 30, stepDays: 1 } } : one,
    );
    const model = scoringModelSchema.parse({ ...base, criteria: halved });
    const opens = ["1", "2", "3"].map((id) => buildSignal("email_open", id, 0));
    const snapshot = buildSnapshot({
      properties: icpProperties,
      people: [buildPerson("1"), buildPerson("2"), buildPerson("3")],
      signals: [...opens, buildSignal("event_attended", "1", 0)],
    });
    const again = { ...snapshot, signals: [...snapshot.signals, buildSignal("email_open", "1", -1)] };
    const seen = [[snapshot, 0] as const, [snapshot, 1] as const, [again, 1] as const].map(([facts, days]) => {
      const score = scoreWith(model, facts, now + days * day);
      return [score.score, decideActions(score, model, false).some((one) => one.key === "handoff" && one.due)];
    });
    expect(seen).toEqual([
      [6, true],
      [5.9, false],
      [6, true],
    ]);
  });

  it.each([
    [11.2, 3.94, 3.9, "nurture"],
    [17, 3.96, 4, "call"],
  ])("T06 a half-life of %s days gives %s points, shown and compared as %s: %s", (days, sum, shown, band) => {
    const model = modelOf(
      {
        kind: "signal-count",
        signals: ["email_open"],
        windowDays: 30,
        countBy: "person-day",
        cap: 4,
        pointsEach: 1,
        unit: { one: "open", many: "opens" },
        halfLife: { days, stepDays: 1 },
      },
      4,
    );
    const people = ["1", "2", "3", "4"];
    const signals = people.map((id, index) => buildSignal("email_open", id, index === 3 ? 1 : 0));
    const score = scoreWith(model, buildSnapshot({ people: people.map((id) => buildPerson(id)), signals }));
    expect([lineOf(score, "only").points, score.score, score.band?.key]).toEqual([sum, shown, band]);
    expect(Math.round((sum + score.rounding) * 1000) / 1000).toBe(shown);
  });

  it("T07 every signal far above its threshold gives 10, never more", () => {
    const kinds = [
      "email_open",
      "content_download",
      "pricing_page_visit",
      "event_attended",
      "email_reply",
      "demo_request",
    ];
    const ids = ["1", "2", "3", "4", "5"];
    const signals = kinds.flatMap((kind) =>
      // Minutes apart: at one moment they would be a mail scanner's.
      ids.flatMap((id, index) => [1, 2, 3, 4].map((days) => buildSignal(kind, id, days + index / 100))),
    );
    const score = scoreWith("readiness-10", buildSnapshot({ people: ids.map((id) => buildPerson(id)), signals }));
    expect([score.score, score.max]).toEqual([10, 10]);
    expect(lineOf(score, "opens")).toMatchObject({ points: 3, cappedFrom: 20, arithmetic: "min(20 opens, 3) × 1 = 3" });
  });

  it("T30 a blocker who opens five emails adds no points and raises a flag", () => {
    const signals = [1, 2, 3, 4, 5].map((days) => buildSignal("email_open", "7", days));
    const score = scoreWith(
      "readiness-10",
      buildSnapshot({ people: [buildPerson("7", { roles: ["blocker"] })], signals }),
    );
    expect(score.score).toBe(0);
    expect(lineOf(score, "opens").evidence.map((one) => one.counted)).toEqual([false, false, false, false, false]);
    expect(score.risks).toEqual([{ key: "blocker", label: "1 person is a blocker", people: ["7"] }]);
  });
});
