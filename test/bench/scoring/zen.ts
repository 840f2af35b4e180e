import { ZenEngine } from "@gorules/zen-engine";
import type { Contender } from "./contender.ts";
import { toPlainInput } from "./plain-input.ts";
import { type NamedRule, rules, weightsOf, windowMsOf } from "./rule-set.ts";

/** @gorules/zen-engine: one decision with an expression for each rule; the weights of ages are a list in the expression. */
export const zen: Contender = {
  name: "@gorules/zen-engine 0.54",
  load: (accounts) => {
    const expressions = rules.map((rule) => ({ id: rule.key, key: rule.key, value: expressionOf(rule) }));
    const decision = new ZenEngine().createDecision({
      nodes: [
        { id: "in", type: "inputNode", name: "in", position: { x: 0, y: 0 } },
        { id: "rules", type: "expressionNode", name: "rules", position: { x: 1, y: 0 }, content: { expressions } },
        { id: "out", type: "outputNode", name: "out", position: { x: 2, y: 0 } },
      ],
      edges: [
        { id: "a", sourceId: "in", targetId: "rules", type: "edge" },
        { id: "b", sourceId: "rules", targetId: "out", type: "edge" },
      ],
    });
    const inputs = accounts.map(toPlainInput);
    return async (index) => {
      const { result } = await decision.evaluate(inputs[index]);
      return rules.reduce((total, rule) => total + Number(result[rule.key]), 0) / 1000;
    };
  },
};

/** In thousandths of a point. */
function expressionOf(rule: NamedRule): string {
  switch (rule.kind) {
    case "range": {
      const value = `properties.${rule.property}`;
      const cuts = rule.cuts.map((cut) => `${value} >= ${cut.from} and ${value} < ${cut.to} ? ${cut.points * 1000} : `);
      return `${value} == null ? 0 : ${cuts.join("")}0`;
    }
    case "enum": {
      const value = `properties.${rule.property}`;
      return `${Object.entries(rule.points)
        .map(([text, points]) => `${value} == "${text}" ? ${points * 1000} : `)
        .join("")}0`;
    }
    case "any-of":
      return `some(properties.${rule.property}, # in ${textList(rule.values)}) ? ${rule.points * 1000} : 0`;
    case "people": {
      const fits =
        rule.roles === undefined
          ? `#.seniority in ${textList(rule.seniorities ?? [])}`
          : `some(#.roles, # in ${textList(rule.roles)})`;
      return `min([count(people, ${fits}), ${rule.cap}]) * ${rule.points * 1000}`;
    }
    case "decay":
      return `min([sum(map(${signals(rule, [rule.signal])}, ${weight(rule)})), ${rule.cap * 1000}]) * ${rule.points}`;
    case "recency": {
      const found = signals(rule, rule.signals);
      return `max(flatMap([[0], map(${found}, ${weight(rule)})], #)) * ${rule.points}`;
    }
    case "sum": {
      const sum = `sum(map(${signals(rule, [rule.signal])}, #.strength))`;
      return `${rule.cuts.map((cut) => `${sum} >= ${cut.atLeast} ? ${cut.points * 1000} : `).join("")}0`;
    }
    case "flag":
      return `properties.${rule.property} ? ${rule.points * 1000} : 0`;
  }
}

const textList = (values: readonly string[]): string => `[${values.map((value) => `"${value}"`).join(", ")}]`;

const weight = (rule: { windowDays: number; halfLifeDays: number }): string =>
  `[${weightsOf(rule).join(", ")}][floor(#.ageMs / 86400000)]`;

function signals(rule: { windowDays: number }, kinds: readonly string[]): string {
  const kind = kinds.length === 1 ? `#.kind == "${kinds[0]}"` : `#.kind in ${textList(kinds)}`;
  return `filter(signals, ${kind} and #.ageMs < ${windowMsOf(rule)} and #.ageMs >= 0)`;
}
