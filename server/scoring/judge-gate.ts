import type { AxisScore, GateResult, LedgerLine } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { ModelCondition, ModelGate } from "@touchstone/shared/model-shape.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { quoteValue, readNumber, readProperty } from "./read-property.ts";

export type GateVerdict = Pick<GateResult, "state" | "reason">;

/** What a gate may look at. Lines and axes are there only after scoring. */
export interface GateView {
  readonly properties: AccountSnapshot["properties"];
  readonly lines: ReadonlyMap<string, LedgerLine>;
  readonly axes: ReadonlyMap<string, AxisScore>;
}

/** True, false, or null for not known; with what was seen, where that helps. */
interface Answer {
  readonly holds: boolean | null;
  readonly said: string;
}

type Question = (view: GateView) => Answer;

export interface CompiledGate {
  readonly gate: ModelGate;
  /** Rests on properties only, so that it can be judged before scoring. */
  readonly early: boolean;
  judge(view: GateView): GateResult;
}

export function compileGate(gate: ModelGate): CompiledGate {
  const questions = gate.conditions.map(compileCondition);
  const { key, label, purpose } = gate;
  return {
    gate,
    early: gate.conditions.every(({ kind }) => kind === "property-in" || kind === "property-between"),
    judge: (view) => {
      const answers = questions.map((question) => question(view));
      const holds = gate.match === "all" ? allHold(answers) : anyHolds(answers);
      return { key, label, purpose, ...verdict(holds, answers, purpose === "exclusion") };
    },
  };
}

/** An exclusion fails when its conditions hold; every other gate passes then. */
function verdict(holds: boolean | null, answers: readonly Answer[], excludes: boolean): GateVerdict {
  const said = (wanted: boolean | null) => answers.filter((one) => one.holds === wanted).map((one) => one.said);
  if (holds === null) return { state: "unknown", reason: `Not known: ${said(null).join("; ")}` };
  const reason = said(holds).join("; ");
  return { state: holds === excludes ? "failed" : "passed", reason: holds ? reason : `Not so: ${reason}` };
}

function allHold(answers: readonly Answer[]): boolean | null {
  if (answers.some(({ holds }) => holds === false)) return false;
  return answers.some(({ holds }) => holds === null) ? null : true;
}

function anyHolds(answers: readonly Answer[]): boolean | null {
  if (answers.some(({ holds }) => holds === true)) return true;
  return answers.some(({ holds }) => holds === null) ? null : false;
}

function compileCondition(condition: ModelCondition): Question {
  switch (condition.kind) {
    case "property-in": {
      const values = new Set(condition.values.map(normalText));
      return askProperty(condition.property, condition.label, (text) => values.has(normalText(text)));
    }
    case "property-between": {
      const { from = -Infinity, to = Infinity } = condition;
      return askProperty(condition.property, condition.label, (text) => {
        const number = readNumber(text);
        return number === null ? null : number >= from && number < to;
      });
    }
    case "criterion-at-least":
      return ({ lines }) => {
        const line = lines.get(condition.criterion);
        const known = line !== undefined && line.state !== "unknown";
        return { holds: known ? line.points >= condition.points : null, said: say(condition.label, line?.reason) };
      };
    case "axis-at-least":
      return ({ axes }) => {
        const axis = axes.get(condition.axis);
        if (axis === undefined) return { holds: null, said: condition.label };
        const percent = (100 * axis.score) / axis.max;
        return { holds: percent >= condition.percent, said: say(condition.label, `${Math.round(percent)}%`) };
      };
  }
}

function askProperty(property: string, label: string, test: (text: string) => boolean | null): Question {
  return ({ properties }) => {
    const text = readProperty(properties, property);
    if (text === null) return { holds: null, said: say(label, `${property} is empty`) };
    return { holds: test(text), said: say(label, quoteValue(text)) };
  };
}

const say = (label: string, detail: string | undefined): string =>
  detail === undefined ? label : `${label} (${detail})`;
