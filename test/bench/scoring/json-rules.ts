import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { Engine } from "json-rules-engine";
import { benchNow } from "./build-accounts.ts";
import { compilePointsByRule } from "./closures.ts";
import type { Contender } from "./contender.ts";
import { rules } from "./rule-set.ts";

/**
 * json-rules-engine knows conditions and no sums, so the points of each rule are reckoned by the closures and handed in as
 * facts; the engine decides which rules gave any. That flatters it.
 */
export const jsonRules: Contender = {
  name: "json-rules-engine 7.3.1, sums handed in",
  load: (accounts) => {
    const engine = new Engine(
      rules.map((rule) => ({
        name: rule.key,
        conditions: { all: [{ fact: rule.key, operator: "greaterThan", value: 0 }] },
        event: { type: rule.key, params: { points: { fact: rule.key } } },
      })),
      { replaceFactsInEventParams: true },
    );
    const pointsOf = compilePointsByRule();
    return async (index) => {
      const points = pointsOf(accounts[index] as AccountSnapshot, benchNow);
      const facts = Object.fromEntries(rules.map((rule, at) => [rule.key, points[at] ?? 0]));
      const { events } = await engine.run(facts);
      return events.reduce((total, { params }) => total + Number(params?.points), 0) / 1000;
    };
  },
};
