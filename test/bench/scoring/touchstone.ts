import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { type ScoringModel, scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { compileModel } from "../../../server/scoring/compile-model.ts";
import { type OrderedSnapshot, orderSnapshot } from "../../../server/scoring/order-snapshot.ts";
import { recordScore } from "../../../server/scoring/record-score.ts";
import type { ScoreRecord } from "../../../server/scoring/score-record.ts";
import { scoreTotals } from "../../../server/scoring/score-totals.ts";
import { writeLedger } from "../../../server/scoring/write-ledger.ts";
import { benchNow } from "./build-accounts.ts";
import type { Contender } from "./contender.ts";
import { axes, mostOf, type NamedRule, rules } from "./rule-set.ts";

/**
 * Our engine as the product scores and stores: every line with its points, what decided, its figures, evidence and next change;
 * looks for mail scanners, too. Words are put to it when somebody reads it.
 */
export const touchstone: Contender = {
  name: "Touchstone, full ledger as stored",
  load: (accounts) => {
    const compiled = compileModel(toModel());
    const ordered = accounts.map(orderSnapshot);
    return (index) => addUp(recordScore(ordered[index] as OrderedSnapshot, compiled, benchNow));
  },
};

/** The same for a snapshot of unknown order: checks order and repetitions each time. */
export const touchstoneUnordered: Contender = {
  name: "Touchstone, full ledger as stored, order checked",
  load: (accounts) => {
    const compiled = compileModel(toModel());
    return (index) => addUp(recordScore(orderSnapshot(accounts[index] as AccountSnapshot), compiled, benchNow));
  },
};

/** The same and every word of it: reasons, arithmetic, evidence, as the card shows them. */
export const touchstoneInWords: Contender = {
  name: "Touchstone, full ledger in words",
  load: (accounts) => {
    const compiled = compileModel(toModel());
    const all = accounts.map(orderSnapshot);
    return (index) => {
      const ordered = all[index] as OrderedSnapshot;
      return addLines(writeLedger(recordScore(ordered, compiled, benchNow), ordered, compiled));
    };
  },
};

export const touchstoneTotals: Contender = {
  name: "Touchstone, totals only",
  load: (accounts) => {
    const compiled = compileModel(toModel());
    const ordered = accounts.map(orderSnapshot);
    return (index) => sum(scoreTotals(ordered[index] as OrderedSnapshot, compiled, benchNow).axes);
  },
};

/** Of the axes and not the score, which is rounded to one decimal. */
function sum(scores: readonly { readonly score: number }[]): number {
  let total = 0;
  for (const { score } of scores) total += score;
  return total;
}

/** Of the lines, for the same reason; so the check of totals is one of the record and of its words. */
function addUp({ lines }: ScoreRecord): number {
  let total = 0;
  for (const line of lines) total += Math.max(line[0] ?? 0, 0);
  return total / 1000;
}

function addLines({ lines }: AccountScore): number {
  let total = 0;
  for (const { points } of lines) total += Math.round(points * 1000);
  return total / 1000;
}

/** Mean length of an account's record as JSON, in bytes. */
export function meanRecordBytes(accounts: readonly AccountSnapshot[]): number {
  const compiled = compileModel(toModel());
  const texts = accounts.map((account) => JSON.stringify(recordScore(orderSnapshot(account), compiled, benchNow)));
  return texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
}

export function toModel(): ScoringModel {
  return scoringModelSchema.parse({
    key: "bench",
    version: 1,
    name: "Benchmark",
    description: "The rules of the benchmark.",
    purpose: "priority",
    source: "ours",
    axes: axes.map((key) => ({
      key,
      label: key,
      max: rules.filter((rule) => rule.axis === key).reduce((most, rule) => most + mostOf(rule), 0),
    })),
    criteria: rules.map((rule) => ({
      key: rule.key,
      axis: rule.axis,
      label: rule.key,
      source: "ours",
      ...criterionOf(rule),
    })),
    engagement: {
      source: "ours",
      signals: ["email_open", "email_click"],
      ignoredRoles: [],
      scanner: { signals: ["email_open", "email_click"], count: 5, withinSeconds: 10 },
    },
    gates: [],
    bands: [{ key: "all", label: "All", phrase: "All", from: 0 }],
    coverage: { source: "ours", provisionalBelow: 0.7, rescale: false, rescaleFrom: 0.5 },
    actions: [],
  });
}

const rung = (points: number, rest: object) => ({ key: `p${points}`, label: `worth ${points}`, points, ...rest });
const otherwise = { label: "other", points: 0 };

function criterionOf(rule: NamedRule): object {
  switch (rule.kind) {
    case "range": {
      const rungs = rule.cuts.map(({ from, to, points }) => rung(points, { ranges: [{ from, to }] }));
      return { kind: "property-ranges", property: rule.property, rungs, otherwise };
    }
    case "enum": {
      const worths = [...new Set(Object.values(rule.points))];
      const valuesOf = (points: number) => Object.keys(rule.points).filter((value) => rule.points[value] === points);
      const rungs = worths.map((points) => rung(points, { values: valuesOf(points) }));
      return { kind: "property-map", property: rule.property, rungs, otherwise };
    }
    case "any-of":
      return {
        kind: "property-map",
        property: rule.property,
        separator: ";",
        rungs: [rung(rule.points, { values: rule.values })],
        otherwise,
      };
    case "flag":
      return {
        kind: "property-map",
        property: rule.property,
        rungs: [rung(rule.points, { values: ["true"] })],
        otherwise,
      };
    case "people": {
      const { roles, seniorities, cap, points } = rule;
      const rungs = Array.from({ length: cap }, (_, at) => rung((at + 1) * points, { atLeast: at + 1 }));
      return { kind: "known-people", roles, seniorities, count: "people", rungs, none: "none" };
    }
    case "decay":
      return {
        ...signals(rule, [rule.signal]),
        kind: "signal-count",
        cap: rule.cap,
        pointsEach: rule.points,
        halfLife: { days: rule.halfLifeDays, stepDays: 1 },
      };
    case "recency":
      return {
        ...signals(rule, rule.signals),
        kind: "signal-rungs",
        rungs: [rung(rule.points, { when: [{ measure: "count", atLeast: 1 }] })],
        none: "none",
        halfLife: { days: rule.halfLifeDays, stepDays: 1 },
      };
    case "sum":
      return {
        ...signals(rule, [rule.signal]),
        kind: "signal-rungs",
        rungs: rule.cuts.map(({ atLeast, points }) => rung(points, { when: [{ measure: "strength", atLeast }] })),
        none: "none",
      };
  }
}

const signals = (rule: { windowDays: number }, kinds: readonly string[]) => ({
  signals: kinds,
  windowDays: rule.windowDays,
  countBy: "signal",
  unit: { one: "time", many: "times" },
});
