import { describe, expect, it } from "@jest/globals";
import type { BuyingRole, Judgement, Signal } from "@touchstone/shared/account-snapshot.ts";
import type { Criterion } from "@touchstone/shared/criterion-shapes.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { decideActions } from "../../../server/scoring/decide-actions.ts";
import { templateKeys } from "../../../server/scoring/load-template.ts";
import { rankValue } from "../../../server/scoring/rank-value.ts";
import { buildJudgement, buildPerson, buildSignal, buildSnapshot, icpProperties } from "./build-snapshot.ts";
import { lineOf, scoreWith, template } from "./score-with.ts";

/** The best answer to every judged criterion of a model. */
const bestAnswers = (model: ScoringModel): Judgement[] =>
  model.criteria.flatMap((one) => (one.kind === "judged" ? buildJudgement(one.key, one.rungs[0]?.key ?? "") : []));
const bestFeeds = (model: ScoringModel) =>
  Object.fromEntries(
    model.criteria.flatMap((one) =>
      one.kind === "feed" && one.property !== undefined ? [[one.property, "high"]] : [],
    ),
  );
const bestFit = {
  industry: "COMPUTER_SOFTWARE",
  numberofemployees: "500",
  annualrevenue: "50000000",
  country: "usa",
  hs_ideal_customer_profile: "tier_1",
};
const people = [
  buildPerson("1", { seniority: "c_level", roles: ["economic_buyer"] }),
  buildPerson("2", { seniority: "vp", roles: ["approver"] }),
];
const visits = [1, 2, 3].map((days) => buildSignal("page_visit", "1", days, { strength: 4 }));
const busy: Signal[] = [
  ...visits,
  buildSignal("content_download", "2", 4),
  buildSignal("content_download", "1", 6, { subject: "Price list" }),
  buildSignal("demo_request", "1", 5),
  buildSignal("meeting_held", "1", 2),
];
const axesOf = (key: string | ScoringModel, parts: Parameters<typeof buildSnapshot>[0]) =>
  scoreWith(key, buildSnapshot(parts)).axes.map((axis) => axis.score);

describe("the seven templates and the runner-up", () => {
  it("are all there", () => {
    expect([...templateKeys].sort()).toEqual([
      "all-three-gate",
      "checklist-8",
      "health-40-30-30",
      "playbook-100",
      "readiness-10",
      "readiness-10-fit-point",
      "two-axis-100",
      "value-rank",
    ]);
  });
});

describe("two-axis-100", () => {
  const model = template("two-axis-100");
  const best = {
    properties: { ...bestFit, ...bestFeeds(model) },
    people,
    signals: busy,
    judgements: bestAnswers(model),
  };

  it("T16 gives 100 for a full fit and 100 for full intent, of exactly these parts", () => {
    const score = scoreWith(model, buildSnapshot(best));
    const parts = (axis: string) => score.lines.flatMap((line) => (line.axis === axis ? line.points : []));
    expect(parts("fit")).toEqual([15, 10, 10, 5, 15, 10, 5, 15, 10, 5]);
    expect(parts("intent")).toEqual([15, 15, 10, 20, 10, 5, 15, 10]);
    expect([score.axes.map((axis) => axis.score), score.band?.key]).toEqual([[100, 100], "act"]);
  });

  it("is sorted by fit × intent ÷ 100, so that one strong axis does not carry a weak one", () => {
    const onlyFit = scoreWith(model, buildSnapshot({ ...best, signals: [], properties: bestFit }));
    expect([onlyFit.axes.map((axis) => axis.score), onlyFit.band?.key]).toEqual([[100, 0], "watch"]);
    expect(rankValue(onlyFit, model)).toBe(0);
    expect(rankValue({ ...onlyFit, axes: onlyFit.axes.map((axis) => ({ ...axis, score: 60 })) }, model)).toBe(36);
    expect(rankValue(onlyFit, template("playbook-100"))).toBe(100);
  });

  it("falls from full points to 60, 20 and 0 % at every ladder", () => {
    for (const criterion of model.criteria) {
      const rungs = "rungs" in criterion ? criterion.rungs.map((rung) => rung.points) : [];
      const max = rungs[0] ?? 0;
      expect([criterion.key, rungs.slice(0, 3)]).toEqual([criterion.key, [max, max * 0.6, max * 0.2]]);
    }
  });
});

describe("health-40-30-30", () => {
  const model = template("health-40-30-30");

  it("T15 engagement 50, fit 100 and intent 0 of 100 give 20 + 30 + 0 = 50", () => {
    const opens = Array.from({ length: 12 }, (_, at) => buildSignal("email_open", at % 2 === 0 ? "1" : "2", at + 1));
    const answers = bestAnswers(model).map((one) =>
      one.criterion === "implementation" ? { ...one, rung: "open" } : one,
    );
    const properties = {
      ...bestFit,
      touchstone_topic_research: "none",
      touchstone_competitor_research: "none",
    };
    const score = scoreWith(model, buildSnapshot({ properties, people, signals: opens, judgements: answers }));
    expect(score.axes.map((axis) => (100 * axis.score) / axis.max)).toEqual([50, 100, 0]);
    expect([score.score, score.coverage, score.band?.key]).toEqual([50, 1, "warming"]);
  });

  it("makes each axis the mean of four items", () => {
    for (const axis of model.axes) {
      const maxima = model.criteria.filter((one) => one.axis === axis.key).length;
      expect([axis.key, maxima]).toEqual([axis.key, 4]);
    }
  });
});

describe("all-three-gate", () => {
  /** One answered criterion for each axis, so that the axes have exactly these points. */
  function withAxes(points: readonly number[]): string | undefined {
    const base = template("all-three-gate");
    const criteria = base.axes.map((axis, at) => ({
      key: axis.key,
      axis: axis.key,
      label: axis.label,
      source: "ours",
      kind: "judged",
      question: "How high?",
      rungs: [
        { key: "full", label: "full", points: 100 },
        { key: "this", label: "this", points: points[at] },
      ],
    }));
    const model = scoringModelSchema.parse({ ...base, criteria });
    const judgements = base.axes.map((axis) => buildJudgement(axis.key, "this"));
    return scoreWith(model, buildSnapshot({ judgements })).band?.key;
  }

  it.each([
    [[90, 90, 69], "not_eligible"],
    [[70, 70, 70], "eligible"],
    [[100, 100, 69.9], "not_eligible"],
  ])("T18 %j is %s for tier 1 and 2", (points, band) => expect(withAxes(points)).toBe(band));

  it("reads 100 on each axis from a good fit, busy people and a meeting", () => {
    const properties = { ...bestFit, touchstone_topic_research: "high" };
    expect(axesOf("all-three-gate", { properties, people, signals: busy })).toEqual([100, 100, 100]);
  });
});

describe("value-rank", () => {
  it.each([
    ["1000000", 60, "flagship"],
    ["500000", 50, "core"],
    ["99999", 25, "expansion"],
    ["5000", 10, "expansion"],
    ["4999", 0, "expansion"],
  ])("reads a revenue potential of %s as %s points: %s", (touchstone_revenue_potential, points, band) => {
    const score = scoreWith("value-rank", buildSnapshot({ properties: { touchstone_revenue_potential } }));
    expect([score.score, score.band?.key]).toEqual([points, band]);
  });

  it("lets a strategic account overtake a larger one", () => {
    const judgements = [
      buildJudgement("strategic_importance", "flagship"),
      buildJudgement("competitive_threat", "acute"),
    ];
    const properties = { touchstone_revenue_potential: "30000" };
    expect(scoreWith("value-rank", buildSnapshot({ properties, judgements })).score).toBe(65);
  });
});

describe("checklist-8", () => {
  const mapped = [...people, buildPerson("3", { roles: ["champion"] })];
  const full = {
    properties: { ...icpProperties, hs_is_target_account: "true", hubspot_owner_id: "77" },
    people: mapped,
    signals: busy,
    judgements: [buildJudgement("follow_up", "ready")],
  };

  it.each([
    ["everything holds", full, 8, "sales", ["handoff"]],
    ["nobody owns it", { ...full, properties: { ...full.properties, hubspot_owner_id: null } }, 7, "nurture", []],
    ["the group is not known", { ...full, people: people.slice(0, 1) }, 7, "sales", ["handoff"]],
    ["nobody is known", { ...full, people: [] }, 6, "map", []],
    ["it is no target", { ...full, properties: { ...full.properties, hs_is_target_account: "false" } }, 7, "hold", []],
  ] as const)("when %s it has %s of 8 points", (_, parts, points, route, actions) => {
    const model = template("checklist-8");
    const score = scoreWith(model, buildSnapshot(parts));
    const due = decideActions(score, model, false).flatMap((action) => (action.due ? [action.key] : []));
    expect([score.score, score.band?.key, due]).toEqual([points, route, actions]);
  });

  it("calls a missing owner a known zero, and unknown only where the portal has no such property", () => {
    const stateWith = (properties: Record<string, string | null>) =>
      lineOf(scoreWith("checklist-8", buildSnapshot({ properties })), "sales_ownership").state;
    expect([stateWith({ hubspot_owner_id: "7" }), stateWith({ hubspot_owner_id: null }), stateWith({})]).toEqual([
      "earned",
      "zero",
      "unknown",
    ]);
  });

  it("does not call roles that nobody filled in a zero, and never counts a blocker", () => {
    const coverage = (roles: readonly (readonly BuyingRole[])[]) => {
      const members = roles.map((held, at) => buildPerson(String(at), { roles: held }));
      return lineOf(scoreWith("checklist-8", buildSnapshot({ people: members })), "group_coverage");
    };
    expect(coverage([[], []]).state).toBe("unknown");
    expect(coverage([["champion"], []])).toMatchObject({ state: "zero", reason: expect.stringContaining("1 role") });
    expect(coverage([["champion", "end_user"], ["influencer"]]).state).toBe("earned");
    const blocked = coverage([
      ["champion", "end_user"],
      ["blocker", "influencer"],
    ]);
    expect([blocked.points, blocked.evidence.map((one) => one.counted)]).toEqual([0, [true, false]]);
  });
});

describe("every criterion of every template", () => {
  it.each(templateKeys.flatMap((key) => template(key).criteria.map((one): [string, Criterion] => [key, one])))(
    "names in %s where its ladder comes from",
    (_, criterion) => expect(criterion.source).toMatch(/row \d+|ours/),
  );
});
