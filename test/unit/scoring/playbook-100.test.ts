import { describe, expect, it } from "@jest/globals";
import type { AccountSnapshot, Signal } from "@touchstone/shared/account-snapshot.ts";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { buildJudgement, buildPerson, buildSignal, buildSnapshot } from "./build-snapshot.ts";
import { lineOf, modelOf, scoreWith, template } from "./score-with.ts";

const judged = {
  best: [
    ["business_model", "ideal"],
    ["technology_maturity", "early_adopter"],
    ["change_capability", "strong"],
    ["decision_speed", "fast"],
    ["meeting_quality", "strategic"],
    ["follow_through", "proactive"],
  ],
  middle: [
    ["business_model", "compatible"],
    ["technology_maturity", "moderate"],
    ["change_capability", "moderate"],
    ["decision_speed", "moderate"],
    ["meeting_quality", "evaluation"],
    ["follow_through", "responsive"],
  ],
  worst: [
    ["business_model", "incompatible"],
    ["technology_maturity", "laggard"],
    ["change_capability", "resistant"],
    ["decision_speed", "extended"],
    ["meeting_quality", "none"],
    ["follow_through", "poor"],
  ],
} as const;
const judgements = (which: keyof typeof judged) =>
  judged[which].map(([criterion, rung]) => buildJudgement(criterion, rung));
const research = (topic: string, competitor: string) => ({
  touchstone_topic_research: topic,
  touchstone_competitor_research: competitor,
});
const visit = (person: string, days: number, pages: number): Signal =>
  buildSignal("page_visit", person, days, { strength: pages });

const bestFit = { industry: "COMPUTER_SOFTWARE", numberofemployees: "500", annualrevenue: "50000000", country: "usa" };
/** Everything that a CRM records by itself, at its best. */
const crmBest = buildSnapshot({
  properties: bestFit,
  people: [
    buildPerson("1", { seniority: "c_level", roles: ["economic_buyer"] }),
    buildPerson("2", { seniority: "vp" }),
  ],
  signals: [
    visit("1", 1, 4),
    visit("2", 2, 3),
    visit("1", 3, 3),
    buildSignal("content_download", "2", 4),
    buildSignal("demo_request", "1", 5),
    buildSignal("meeting_held", "1", 2),
  ],
});

describe("playbook-100", () => {
  it("T08 every criterion at its best gives 40 + 35 + 25 = 100", () => {
    const best = {
      ...crmBest,
      properties: { ...bestFit, ...research("high", "vendor evaluation") },
      judgements: judgements("best"),
    };
    const score = scoreWith("playbook-100", best);
    expect(score.axes.map((axis) => axis.score)).toEqual([40, 35, 25]);
    expect([score.score, score.band?.key, score.coverage]).toEqual([100, "tier_1", 1]);
  });

  it("T09 a perfect fit alone gives 40: tier 3", () => {
    const fit = buildSnapshot({
      properties: bestFit,
      people: [buildPerson("1")],
      judgements: judgements("best").slice(0, 4),
    });
    const score = scoreWith("playbook-100", fit);
    expect([score.score, score.band?.key]).toEqual([40, "tier_3"]);
  });

  it("T10 all that a CRM knows at its best gives 58 of 58 attainable: tier 3, 100 rescaled, provisional", () => {
    const base = template("playbook-100");
    const rescaling = scoringModelSchema.parse({ ...base, coverage: { ...base.coverage, rescale: true } });
    const score = scoreWith(rescaling, crmBest);
    expect(score).toMatchObject({ score: 58, attainable: 58, coverage: 0.58, provisional: true, rescaled: 100 });
    expect(score.band?.key).toBe("tier_3");
    expect(scoreWith(base, crmBest).rescaled).toBeNull();
    const unknown = score.lines.filter((line) => line.state === "unknown").map((line) => line.criterion);
    expect(unknown).toEqual([
      "business_model",
      "technology_maturity",
      "change_capability",
      "decision_speed",
      "topic_research",
      "competitor_research",
      "meeting_quality",
      "follow_through",
    ]);
  });

  it("T11 the same with the 42 unknown points answered worst gives 58, all known, not provisional", () => {
    const known = {
      ...crmBest,
      properties: { ...bestFit, ...research("none", "none") },
      judgements: judgements("worst"),
    };
    const score = scoreWith("playbook-100", known);
    expect(score).toMatchObject({ score: 58, coverage: 1, provisional: false, band: { key: "tier_3" } });
  });

  it("T12 the middle of every ladder gives 24 + 21 + 15 = 60: tier 2, on the line", () => {
    const middle = buildSnapshot({
      properties: {
        industry: "BANKING",
        numberofemployees: "100",
        annualrevenue: "6000000",
        country: "Germany",
        ...research("moderate", "category"),
      },
      people: [buildPerson("1", { seniority: "vp", roles: ["champion"] })],
      signals: [
        visit("1", 1, 1),
        visit("1", 2, 1),
        buildSignal("information_request", "1", 4),
        buildSignal("email_reply", "1", 5),
        ...[3, 4, 5].map((days) => buildSignal("form_submission", "1", days)),
      ],
      judgements: judgements("middle"),
    });
    const score = scoreWith("playbook-100", middle);
    const points = Object.fromEntries(score.lines.map((line) => [line.criterion, line.points]));
    expect(points).toMatchObject({
      website: 5,
      content: 4,
      topic_research: 4,
      competitor_research: 3,
      inbound: 3,
      response: 2,
      committee_reach: 5,
      seniority: 4,
    });
    expect(score.axes.map((axis) => axis.score)).toEqual([24, 21, 15]);
    expect([score.score, score.band?.key]).toEqual([60, "tier_2"]);
  });

  it.each([
    [80, 80, "tier_1"],
    [79.96, 80, "tier_1"],
    [79.94, 79.9, "tier_2"],
  ])("T13 %s points are shown as %s and stand in %s", (points, shown, band) => {
    const rungs = [
      { key: "top", label: "top", points: 100 },
      { key: "this", label: "this", points },
    ];
    const model = modelOf({ kind: "judged", question: "How good?", rungs }, 100, "playbook-100");
    const score = scoreWith(model, buildSnapshot({ judgements: [buildJudgement("only", "this")] }));
    expect([score.score, score.band?.key]).toEqual([shown, band]);
  });

  it("T31 events that come twice and out of order give the same score and the same ledger", () => {
    const shuffled: AccountSnapshot = {
      ...crmBest,
      people: [...crmBest.people, ...crmBest.people].reverse(),
      signals: [...crmBest.signals.toReversed(), ...crmBest.signals],
    };
    expect(JSON.stringify(scoreWith("playbook-100", shuffled))).toBe(
      JSON.stringify(scoreWith("playbook-100", crmBest)),
    );
  });

  it("does not score an excluded account at all", () => {
    const score = scoreWith("playbook-100", { ...crmBest, properties: { ...bestFit, type: "VENDOR" } });
    expect(score).toMatchObject({ state: "excluded", score: null, band: null, lines: [], nextChangeAt: null });
    expect(score.exclusion).toMatchObject({ key: "not_a_buyer", state: "failed" });
  });

  it("says that the ideal customer gate is not known when size is empty, and fails it on a poor industry", () => {
    const gate = (properties: Record<string, string | null>) =>
      scoreWith("playbook-100", buildSnapshot({ properties })).gates.find((one) => one.key === "icp")?.state;
    expect(gate({ industry: "BANKING", numberofemployees: null })).toBe("unknown");
    expect(gate({ industry: "FARMING", numberofemployees: null })).toBe("failed");
    expect(gate({ industry: "Computer Software", numberofemployees: "300" })).toBe("passed");
  });

  it("counts repeated visits of one day as one visit and adds their pages", () => {
    const visits = [visit("1", 1, 4), { ...visit("1", 1.001, 6), key: "later" }];
    const line = lineOf(scoreWith("playbook-100", { ...crmBest, signals: visits }), "website");
    expect(line.reason).toBe("1 visit and 10 pages in 30 days: occasional visit");
    expect(line.evidence.map((one) => one.note)).toEqual([
      null,
      "the same person on the same day: adds its size, not another visit",
    ]);
  });
});
