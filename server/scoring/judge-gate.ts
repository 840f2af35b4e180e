import type { GateResult } from "@touchstone/shared/account-score.ts";
import type { ModelGate, ScoringModel } from "@touchstone/shared/model-shape.ts";
import { compileCondition, type GateFacts, type GateView } from "./compile-condition.ts";
import { answers, type GateAnswer, type GateRecord } from "./score-record.ts";

export interface CompiledGate {
  readonly gate: ModelGate;
  /** Rests on properties only, so that it can be judged before scoring. */
  readonly early: boolean;
  decide(facts: GateFacts): GateRecord;
  word(record: GateRecord, view: GateView): GateResult;
}

export function compileGate(gate: ModelGate, model: ScoringModel): CompiledGate {
  const conditions = gate.conditions.map((condition) => compileCondition(condition, model));
  const { key, label, purpose } = gate;
  // An exclusion fails when its conditions hold; every other gate passes then.
  const passes = purpose === "exclusion" ? answers.no : answers.yes;
  const combine = gate.match === "all" ? allHold : anyHolds;
  return {
    gate,
    early: gate.conditions.every(({ kind }) => kind === "property-in" || kind === "property-between"),
    decide: (facts) => {
      const said = conditions.map((condition) => condition.decide(facts));
      const holds = combine(said);
      if (holds === answers.notKnown) return [answers.notKnown, ...said];
      return [holds === passes ? answers.yes : answers.no, ...said];
    },
    word: ([answer = answers.notKnown, ...said], view) => {
      const holds = answer === answers.notKnown || purpose !== "exclusion" ? answer : opposite(answer);
      const reason = conditions.flatMap((condition, index) => (said[index] === holds ? condition.word(view) : []));
      return { key, label, purpose, state: gateState[answer], reason: `${prefix[holds]}${reason.join("; ")}` };
    },
  };
}

export const gateState = {
  [answers.no]: "failed",
  [answers.yes]: "passed",
  [answers.notKnown]: "unknown",
} as const satisfies Record<GateAnswer, GateResult["state"]>;

const prefix = { [answers.no]: "Not so: ", [answers.yes]: "", [answers.notKnown]: "Not known: " } as const;

const opposite = (answer: GateAnswer): GateAnswer => (answer === answers.yes ? answers.no : answers.yes);

function allHold(said: readonly GateAnswer[]): GateAnswer {
  if (said.includes(answers.no)) return answers.no;
  return said.includes(answers.notKnown) ? answers.notKnown : answers.yes;
}

function anyHolds(said: readonly GateAnswer[]): GateAnswer {
  if (said.includes(answers.yes)) return answers.yes;
  return said.includes(answers.notKnown) ? answers.notKnown : answers.no;
}
