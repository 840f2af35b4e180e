import { describe, expect, it } from "@jest/globals";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import fc from "fast-check";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { explainChange } from "../../../server/scoring/explain-change.ts";
import { explainScore } from "../../../server/scoring/explain-score.ts";
import { nextPoints } from "../../../server/scoring/next-points.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import {
  buildJudgement,
  buildPerson,
  buildSignal,
  buildSnapshot,
  day,
  healthCorp,
  now,
  techCorp,
} from "./build-snapshot.ts";
import { snapshots } from "./random-snapshots.ts";
import { scoreWith, template } from "./score-with.ts";

describe("an explanation of a score", () => {
  it("names what earned most, what lost most and what is not known", () => {
    const score = scoreWith("readiness-10", techCorp);
    const { up, down, unknown } = explainScore(score);
    expect(up.map((line) => line.criterion)).toEqual(["opens", "people", "downloads"]);
    expect(down.map((line) => line.criterion)).toEqual(["opens", "downloads", "pricing"]);
    expect(unknown).toEqual([]);
    expect(explainScore(scoreWith("playbook-100", techCorp)).unknown[0]?.criterion).toBe("topic_research");
  });
});

describe("an explanation of a change", () => {
  const before = scoreWith("playbook-100", buildSnapshot({ people: [buildPerson("1", { seniority: "vp" })] }));
  const changed = (parts: Parameters<typeof buildSnapshot>[0]) =>
    explainChange(
      before,
      scoreWith("playbook-100", buildSnapshot({ people: [buildPerson("1", { seniority: "vp" })], ...parts })),
    );

  it("names the signal that came", () => {
    const changes = changed({ signals: [buildSignal("demo_request", "1", 0, { subject: "Book a demo" })] });
    expect(changes.map(({ text, cause }) => [text, cause])).toEqual([
      ["+5 Inbound requests: asked for a demo (Book a demo)", "signal"],
      ["+4 Seniority: VP in 90 days", "signal"],
      ["+2 Committee reach: 1 person engaged, nobody in a key role, in 90 days: a contact", "signal"],
    ]);
  });

  it("names the fact or the answer", () => {
    const changes = changed({
      properties: { industry: "BANKING" },
      judgements: [buildJudgement("decision_speed", "fast")],
    });
    expect(changes.map(({ text, cause }) => [text, cause])).toEqual([
      ["+5 Speed of decision: judged: fast", "fact"],
      ["+3 Industry: Banking: good", "fact"],
    ]);
  });

  it("says that time passed", () => {
    const later = scoreWith("readiness-10", techCorp, now + 22 * day);
    expect(explainChange(scoreWith("readiness-10", techCorp), later).map(({ text, cause }) => [text, cause])).toEqual([
      ["−1 Emails opened: time passed: 1 open in 30 days", "time"],
    ]);
  });

  it("says that the model changed", () => {
    const model = template("readiness-10");
    const criteria = model.criteria.map((one) => (one.key === "opens" ? { ...one, cap: 2 } : one));
    const axes = [{ key: "engagement", label: "Engagement", max: 9 }];
    const second = scoringModelSchema.parse({ ...model, version: 2, criteria, axes });
    const changes = explainChange(scoreWith(model, healthCorp), scoreWith(second, healthCorp));
    expect(changes.map(({ text, cause }) => [text, cause])).toEqual([
      ["−1 Emails opened: Readiness 10 version 2 counts it differently", "model"],
    ]);
  });
});

describe("the next points", () => {
  it("ask for a reply from a VP where seniority is what is missing", () => {
    const model = template("playbook-100");
    const kept = new Set(["response", "seniority"]);
    const axes = [
      { key: "intent", label: "Intent", max: 3 },
      { key: "engagement", label: "Engagement", max: 7 },
    ];
    const criteria = model.criteria.filter((one) => kept.has(one.key));
    const bands = model.bands.slice(0, 1);
    const small = scoringModelSchema.parse({ ...model, axes, criteria, bands, gates: model.gates.slice(1) });
    const snapshot = buildSnapshot({
      people: [buildPerson("1", { seniority: "vp" }), buildPerson("2", { seniority: "manager" })],
      signals: [buildSignal("email_reply", "2", 2)],
    });
    const raises = nextPoints(snapshot, compileModel(small), now, 6);
    expect(raises).toContainEqual({ action: "A reply from another C-level executive", points: 7, upTo: false });
  });

  it("are each true when the fact comes, and none is offered for an excluded account", () => {
    const compiled = compileModel(template("readiness-10"));
    expect(nextPoints({ ...techCorp, properties: { type: "VENDOR" } }, compiled, now)).toEqual([]);
    const [first] = nextPoints(techCorp, compiled, now, 1);
    expect(first).toEqual({ action: "An opened email", points: 1, upTo: false });
    const opened = { ...techCorp, signals: [...techCorp.signals, buildSignal("email_open", "501", 0)] };
    expect(scoreAccount(opened, compiled, now).score).toBe(6);
  });

  it("never promise more than the model has left", () => {
    const compiled = compileModel(template("playbook-100"));
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        const left = 100 - (scoreAccount(snapshot, compiled, now).score ?? 0);
        for (const { points } of nextPoints(snapshot, compiled, now)) {
          expect(points).toBeGreaterThan(0);
          expect(points).toBeLessThanOrEqual(left);
        }
      }),
      { numRuns: 20 },
    );
  });
});
