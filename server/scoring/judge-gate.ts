import type { GateResult } from "@touchstone/shared/account-score.ts";
import type { ModelGate, ScoringModel } from "@touchstone/shared/model-shape.ts";
import { type Answer, compileCondition } from "./compile-condition.ts";
import type { GateView } from "./gate-view.ts";

/** By number of the gate in the model; null for one that has not been judged yet. */
export type GateResults = readonly (GateResult | null)[];

export interface CompiledGate {
  readonly gate: ModelGate;
  /** Rests on properties only, so that it can be judged before scoring. */
  readonly early: boolean;
  judge(view: GateView): GateResult;
}

export function compileGate(gate: ModelGate, model: ScoringModel): CompiledGate {
  const questions = gate.conditions.map((condition) => compileCondition(condition, model));
  const { key, label, purpose } = gate;
  return {
    gate,
    early: gate.conditions.every(({ kind }) => kind === "property-in" || kind === "property-between"),
    judge: (view) => {
      const answers = questions.map((question) => question(view));
      const holds = gate.match === "all" ? allHold(answers) : anyHolds(answers);
      const { state, reason } = verdict(holds, answers, purpose === "exclusion");
      return { key, label, purpose, state, reason };
    },
  };
}

/** An exclusion fails when its conditions hold; every other gate passes then. */
function verdict(
  holds: boolean | null,
  answers: readonly Answer[],
  excludes: boolean,
): Pick<GateResult, "state" | "reason"> {
  const reason = reasonOf(answers, holds);
  if (holds === null) return { state: "unknown", reason: `Not known: ${reason}` };
  return { state: holds === excludes ? "failed" : "passed", reason: holds ? reason : `Not so: ${reason}` };
}

function reasonOf(answers: readonly Answer[], wanted: boolean | null): string {
  let reason = "";
  for (const { holds, said } of answers) {
    if (holds === wanted) reason = reason === "" ? said : `${reason}; ${said}`;
  }
  return reason;
}

function allHold(answers: readonly Answer[]): boolean | null {
  if (answers.some(({ holds }) => holds === false)) return false;
  return answers.some(({ holds }) => holds === null) ? null : true;
}

function anyHolds(answers: readonly Answer[]): boolean | null {
  if (answers.some(({ holds }) => holds === true)) return true;
  return answers.some(({ holds }) => holds === null) ? null : false;
}
