import type { AccountSnapshot, Signal } from "@touchstone/shared/account-snapshot.ts";
import { benchNow } from "./build-accounts.ts";
import type { Contender } from "./contender.ts";
import { axes, daysOf, type NamedRule, rules, weightsOf, windowMsOf } from "./rule-set.ts";

/** Result of a hand-written engine: the total, an axis each, and one reason for each rule that gave points. */
export interface ShortScore {
  total: number;
  axes: Float64Array;
  reasons: string[];
}

/** What signals came to for each rule that reads signals, filled in one pass over them. */
type Sums = Float64Array;
interface Reader {
  read(signal: Signal, ageMs: number, sums: Sums): void;
}
interface Step {
  readonly axis: number;
  readonly reason: string;
  /** In thousandths. */
  points(account: AccountSnapshot, sums: Sums): number;
}

interface Compiled {
  readonly steps: readonly Step[];
  readonly readersOf: ReadonlyMap<string, readonly Reader[]>;
}

/** A limit written by hand: closures that hold their rule's figures, one pass over the signals found by kind. */
function compileRules(): Compiled {
  const readersOf = new Map<string, Reader[]>();
  const steps = rules.map((rule, index) => {
    for (const kind of kindsOf(rule)) readersOf.set(kind, [...(readersOf.get(kind) ?? []), compileReader(rule, index)]);
    return { axis: axes.indexOf(rule.axis), reason: rule.key, points: compilePoints(rule, index) };
  });
  return { steps, readersOf };
}

function readSignals({ steps, readersOf }: Compiled, account: AccountSnapshot, now: number): Sums {
  const sums = new Float64Array(steps.length);
  for (const signal of account.signals) {
    const readers = readersOf.get(signal.kind);
    if (readers !== undefined) for (const reader of readers) reader.read(signal, now - signal.at, sums);
  }
  return sums;
}

function scoreWith(compiled: Compiled, account: AccountSnapshot, now: number, withReasons: boolean): ShortScore {
  const sums = readSignals(compiled, account, now);
  const score: ShortScore = { total: 0, axes: new Float64Array(axes.length), reasons: [] };
  let total = 0;
  for (const step of compiled.steps) {
    const points = step.points(account, sums);
    if (points === 0) continue;
    total += points;
    score.axes[step.axis] = (score.axes[step.axis] ?? 0) + points;
    if (withReasons) score.reasons.push(step.reason);
  }
  score.total = total / 1000;
  return score;
}

/** Points of each rule, for an engine that cannot add up signals itself. */
export function compilePointsByRule(): (account: AccountSnapshot, now: number) => number[] {
  const compiled = compileRules();
  return (account, now) => {
    const sums = readSignals(compiled, account, now);
    return compiled.steps.map((step) => step.points(account, sums));
  };
}

function kindsOf(rule: NamedRule): readonly string[] {
  if (rule.kind === "decay" || rule.kind === "sum") return [rule.signal];
  return rule.kind === "recency" ? rule.signals : [];
}

function compileReader(rule: NamedRule, index: number): Reader {
  if (rule.kind === "decay" || rule.kind === "recency") {
    const windowMs = windowMsOf(rule);
    const weights = weightsOf(rule);
    const best = rule.kind === "recency";
    return {
      read: (_, ageMs, sums) => {
        if (ageMs < 0 || ageMs >= windowMs) return;
        const weight = weights[daysOf(ageMs)] ?? 0;
        const so = sums[index] ?? 0;
        sums[index] = best ? Math.max(so, weight) : so + weight;
      },
    };
  }
  const windowMs = rule.kind === "sum" ? windowMsOf(rule) : 0;
  return {
    read: (signal, ageMs, sums) => {
      if (ageMs >= 0 && ageMs < windowMs) sums[index] = (sums[index] ?? 0) + (signal.strength ?? 0);
    },
  };
}

function compilePoints(rule: NamedRule, index: number): Step["points"] {
  switch (rule.kind) {
    case "range": {
      const { property, cuts } = rule;
      return ({ properties }) => {
        const text = properties[property];
        if (text === null || text === undefined) return 0;
        const number = Number(text);
        for (const cut of cuts) if (number >= cut.from && number < cut.to) return cut.points * 1000;
        return 0;
      };
    }
    case "enum": {
      const { property } = rule;
      const points = new Map(Object.entries(rule.points));
      return ({ properties }) => (points.get(properties[property] ?? "") ?? 0) * 1000;
    }
    case "any-of": {
      const { property } = rule;
      const values = new Set(rule.values);
      return ({ properties }) => {
        const text = properties[property];
        if (text === null || text === undefined) return 0;
        return text.split(";").some((one) => values.has(one)) ? rule.points * 1000 : 0;
      };
    }
    case "people":
      return compilePeople(rule);
    case "decay":
      return (_, sums) => Math.min(sums[index] ?? 0, rule.cap * 1000) * rule.points;
    case "recency":
      return (_, sums) => (sums[index] ?? 0) * rule.points;
    case "sum":
      return (_, sums) => {
        const sum = sums[index] ?? 0;
        for (const cut of rule.cuts) if (sum >= cut.atLeast) return cut.points * 1000;
        return 0;
      };
    case "flag":
      return ({ properties }) => (properties[rule.property] === "true" ? rule.points * 1000 : 0);
  }
}

function compilePeople(rule: Extract<NamedRule, { kind: "people" }>): Step["points"] {
  const roles = new Set<string>(rule.roles ?? []);
  const seniorities = new Set<string>(rule.seniorities ?? []);
  return ({ people }) => {
    let count = 0;
    for (const person of people) {
      const fits = rule.roles === undefined || person.roles.some((role) => roles.has(role));
      const ranks = rule.seniorities === undefined || (person.seniority !== null && seniorities.has(person.seniority));
      if (fits && ranks) count++;
    }
    return Math.min(count, rule.cap) * rule.points * 1000;
  };
}

const contender = (name: string, withReasons: boolean): Contender => ({
  name,
  load: (accounts) => {
    const compiled = compileRules();
    return (index) => scoreWith(compiled, accounts[index] as AccountSnapshot, benchNow, withReasons).total;
  },
});

export const closures = contender("closures in one pass, short reasons", true);
export const closuresTotals = contender("closures in one pass, totals only", false);
