import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { benchNow } from "./build-accounts.ts";
import type { ShortScore } from "./closures.ts";
import type { Contender } from "./contender.ts";
import { axes, type NamedRule, rules, weightsOf, windowMsOf } from "./rule-set.ts";

/** The upper limit: JavaScript written for exactly these rules. Not for tenants' data, hence not for the product. */
export const generated: Contender = {
  name: "generated code, short reasons",
  load: (accounts) => {
    const make = new Function(source()) as () => (account: AccountSnapshot, now: number) => ShortScore;
    const score = make();
    return (index) => score(accounts[index] as AccountSnapshot, benchNow).total;
  },
};

function source(): string {
  const sums = rules.map((rule, index) => (readsSignals(rule) ? `let s${index} = 0;` : "")).join(" ");
  return `
    ${rules.map(tableOf).join("\n")}
    return (account, now) => {
      const p = account.properties;
      ${sums}
      for (const signal of account.signals) {
        const age = now - signal.at;
        if (age < 0) continue;
        switch (signal.kind) { ${casesOf().join("\n")} }
      }
      const axes = new Float64Array(${axes.length});
      const reasons = [];
      let total = 0, points = 0, text, number, count;
      ${rules.map(stepOf).join("\n")}
      return { total: total / 1000, axes, reasons };
    };`;
}

const readsSignals = (rule: NamedRule): boolean =>
  rule.kind === "decay" || rule.kind === "recency" || rule.kind === "sum";

function tableOf(rule: NamedRule, index: number): string {
  return rule.kind === "decay" || rule.kind === "recency"
    ? `const w${index} = ${JSON.stringify(weightsOf(rule))};`
    : "";
}

function casesOf(): string[] {
  const statements = new Map<string, string[]>();
  rules.forEach((rule, index) => {
    const add = (kind: string, text: string) => statements.set(kind, [...(statements.get(kind) ?? []), text]);
    const weight = `w${index}[Math.floor(age / 86400000)]`;
    if (rule.kind === "decay") add(rule.signal, `if (age < ${windowMsOf(rule)}) s${index} += ${weight};`);
    if (rule.kind === "sum") add(rule.signal, `if (age < ${windowMsOf(rule)}) s${index} += signal.strength ?? 0;`);
    if (rule.kind !== "recency") return;
    for (const kind of rule.signals) {
      add(kind, `if (age < ${windowMsOf(rule)}) s${index} = Math.max(s${index}, ${weight});`);
    }
  });
  return [...statements].map(([kind, lines]) => `case ${JSON.stringify(kind)}: ${lines.join(" ")} break;`);
}

function stepOf(rule: NamedRule, index: number): string {
  const axis = axes.indexOf(rule.axis);
  return `points = 0; ${pointsOf(rule, index)}
    if (points !== 0) { total += points; axes[${axis}] += points; reasons.push(${JSON.stringify(rule.key)}); }`;
}

function pointsOf(rule: NamedRule, index: number): string {
  switch (rule.kind) {
    case "range": {
      const cuts = rule.cuts.map(
        (cut) => `if (number >= ${cut.from} && number < ${cut.to}) points = ${cut.points * 1000};`,
      );
      return `text = p.${rule.property}; if (text != null) { number = Number(text); ${cuts.join(" else ")} }`;
    }
    case "enum": {
      const cases = Object.entries(rule.points).map(
        ([text, points]) => `case ${JSON.stringify(text)}: points = ${points * 1000}; break;`,
      );
      return `switch (p.${rule.property}) { ${cases.join(" ")} }`;
    }
    case "any-of": {
      const any = rule.values.map((value) => `one === ${JSON.stringify(value)}`).join(" || ");
      return `text = p.${rule.property}; if (text != null && text.split(";").some((one) => ${any})) points = ${rule.points * 1000};`;
    }
    case "people": {
      const fits =
        rule.roles === undefined
          ? (rule.seniorities ?? []).map((level) => `person.seniority === ${JSON.stringify(level)}`).join(" || ")
          : `person.roles.some((role) => ${rule.roles.map((role) => `role === ${JSON.stringify(role)}`).join(" || ")})`;
      return `count = 0; for (const person of account.people) if (${fits}) count++;
        points = Math.min(count, ${rule.cap}) * ${rule.points * 1000};`;
    }
    case "decay":
      return `points = Math.min(s${index}, ${rule.cap * 1000}) * ${rule.points};`;
    case "recency":
      return `points = s${index} * ${rule.points};`;
    case "sum":
      return rule.cuts.map((cut) => `if (s${index} >= ${cut.atLeast}) points = ${cut.points * 1000};`).join(" else ");
    case "flag":
      return `if (p.${rule.property} === "true") points = ${rule.points * 1000};`;
  }
}
