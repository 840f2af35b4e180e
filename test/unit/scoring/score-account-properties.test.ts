import { describe, expect, it } from "@jest/globals";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { Criterion } from "@touchstone/shared/criterion-shapes.ts";
import fc from "fast-check";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { orderSnapshot } from "../../../server/scoring/order-snapshot.ts";
import { scoreAccount } from "../../../server/scoring/score-account.ts";
import { scoreTotals } from "../../../server/scoring/score-totals.ts";
import { buildJudgement, buildPerson, buildSignal, buildSnapshot, day, now } from "./build-snapshot.ts";
import { models, snapshots } from "./random-snapshots.ts";
import { addLines, template } from "./score-with.ts";

const compiled = models.map(compileModel);
const modelsAndSnapshots = [fc.constantFrom(...compiled), snapshots] as const;

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

describe("any score of any account", () => {
  it("is the sum of its lines and its rounding, and of its axes", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const score = scoreAccount(snapshot, model, now);
        expect(addLines(score)).toBe(score.score ?? 0);
        const axes = score.axes.reduce((sum, axis) => sum + Math.round(axis.score * 1000), 0);
        expect((axes + Math.round(score.rounding * 1000)) / 1000).toBe(score.score ?? 0);
        expect(Math.abs(score.rounding)).toBeLessThanOrEqual(0.05);
      }),
    );
  });

  it("does not depend on order and duplicates, and never changes its input", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, fc.gen(), (model, snapshot, gen) => {
        const shuffle = <Item>(items: readonly Item[]): Item[] =>
          gen(() => fc.shuffledSubarray([...items, ...items], { minLength: items.length * 2 }));
        const mixed: AccountSnapshot = freeze({
          ...snapshot,
          people: shuffle(snapshot.people),
          signals: shuffle(snapshot.signals),
          judgements: shuffle(snapshot.judgements),
        });
        const bytes = JSON.stringify(scoreAccount(freeze(snapshot), model, now));
        expect(JSON.stringify(scoreAccount(mixed, model, now))).toBe(bytes);
      }),
    );
  });

  it("counts only what is known as attainable, and gives unknown lines neither points nor a maximum to reach", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const score = scoreAccount(snapshot, model, now);
        const known = score.lines.filter((line) => line.state !== "unknown");
        const attainable = known.reduce((sum, line) => sum + Math.round(line.max * 1000), 0) / 1000;
        expect(score.attainable).toBe(attainable);
        expect(score.coverage).toBe(Math.round(attainable * 1000) / model.max);
        expect(score.lines.every((line) => line.state !== "unknown" || line.points === 0)).toBe(true);
        expect(score.lines.every((line) => line.points <= line.max)).toBe(true);
      }),
    );
  });

  it("is the same as without its ledger: totals, axes, coverage, band, gates", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const score = scoreAccount(snapshot, model, now);
        const totals = scoreTotals(orderSnapshot(snapshot), model, now);
        const { gates, ...rest } = totals;
        expect(score).toMatchObject(rest);
        expect(gates.map(({ key, state }) => [key, state])).toEqual(score.gates.map(({ key, state }) => [key, state]));
      }),
      { numRuns: 500 },
    );
  });

  it("rounds once: to one decimal, halves up, on the sum of the lines", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const { score, lines, state } = scoreAccount(snapshot, model, now);
        const sum = lines.reduce((total, line) => total + Math.round(line.points * 1000), 0);
        expect(score).toBe(state === "excluded" ? null : Math.floor((sum + 50) / 100) / 10);
      }),
    );
  });

  it("covers less when a fact goes from zero to unknown, and earns the same", () => {
    const zero = { industry: "FARMING", numberofemployees: "1", country: "Atlantis", annualrevenue: "5" };
    const unknown = { industry: null, numberofemployees: null, country: " ", annualrevenue: null };
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const properties = { ...snapshot.properties, type: null };
        const known = scoreAccount({ ...snapshot, properties: { ...properties, ...zero } }, model, now);
        const less = scoreAccount({ ...snapshot, properties: { ...properties, ...unknown } }, model, now);
        const reads = model.model.criteria.some((one) => "property" in one && Object.hasOwn(zero, one.property ?? ""));
        expect(less.score).toBe(known.score);
        expect(less.coverage < known.coverage).toBe(reads || model.model.criteria.some(restsOnIcp));
      }),
    );
  });

  it("never falls when a better fact is added", () => {
    const kinds = ["page_visit", "content_download", "demo_request", "email_reply", "meeting_held", "email_open"];
    const better: readonly ((snapshot: AccountSnapshot) => AccountSnapshot)[] = [
      ...kinds.flatMap((kind) =>
        ["1", "2", null].map((person) => (snapshot: AccountSnapshot) => ({
          ...snapshot,
          signals: [...snapshot.signals, buildSignal(kind, person, 0.1, { key: "added", strength: 5 })],
        })),
      ),
      (snapshot) => ({
        ...snapshot,
        judgements: [...snapshot.judgements, buildJudgement("decision_speed", "fast", { at: now })],
      }),
      (snapshot) => ({ ...snapshot, properties: { ...snapshot.properties, industry: "COMPUTER_SOFTWARE" } }),
      (snapshot) => ({ ...snapshot, properties: { ...snapshot.properties, touchstone_revenue_potential: "9000000" } }),
      (snapshot) => ({ ...snapshot, properties: { ...snapshot.properties, hubspot_owner_id: "78" } }),
      (snapshot) => ({
        ...snapshot,
        people: [...snapshot.people, buildPerson("8", { seniority: "c_level", roles: ["economic_buyer"] })],
      }),
    ];
    // A burst of opens that the added one completes is a mail scanner's, and rightly worth less than before.
    const calm = models.map((model) => {
      const { engagement } = model;
      return compileModel({ ...model, engagement: { ...engagement, scanner: { ...engagement.scanner, count: 100 } } });
    });
    fc.assert(
      fc.property(fc.constantFrom(...calm), snapshots, fc.constantFrom(...better), (model, snapshot, improve) => {
        const before = scoreAccount(snapshot, model, now);
        const after = scoreAccount(improve(snapshot), model, now);
        expect(after.score ?? 0).toBeGreaterThanOrEqual(before.score ?? 0);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Fit as a point is unknown when its gate is. */
const restsOnIcp = (criterion: Criterion): boolean => criterion.kind === "gate-passed";

describe("the next change by time alone", () => {
  const still = (snapshot: AccountSnapshot, model: (typeof compiled)[number], at: number) =>
    JSON.stringify({ ...scoreAccount(snapshot, model, at), scoredAt: 0 });

  it("is the first moment at which anything in the ledger moves", () => {
    fc.assert(
      fc.property(...modelsAndSnapshots, (model, snapshot) => {
        const { nextChangeAt } = scoreAccount(snapshot, model, now);
        const end = nextChangeAt ?? now + 1000 * day;
        expect(end).toBeGreaterThan(now);
        for (const at of [now + 1, Math.floor((now + end) / 2), end - 1]) {
          if (at > now && at < end) expect(still(snapshot, model, at)).toBe(still(snapshot, model, now));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is not missed and not invented: without half-life the ledger differs at that moment", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...compiled.filter(({ model }) => !JSON.stringify(model).includes("halfLife"))),
        snapshots,
        (model, snapshot) => {
          const { nextChangeAt } = scoreAccount(snapshot, model, now);
          if (nextChangeAt === null) return;
          const ledgerAt = (at: number) => JSON.stringify(scoreAccount(snapshot, model, at).lines);
          expect(ledgerAt(nextChangeAt)).not.toBe(ledgerAt(now));
        },
      ),
    );
  });

  it("is never for an account without signals, answers and expiries", () => {
    const timeless = buildSnapshot({ properties: { industry: "BANKING" }, people: [buildPerson("1")] });
    expect(scoreAccount(timeless, compileModel(template("playbook-100")), now).nextChangeAt).toBeNull();
  });
});
