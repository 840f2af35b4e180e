import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { ModelCondition, ScoringModel } from "@touchstone/shared/model-shape.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import { quoteValue, readNumber, readProperty } from "./read-property.ts";
import { answers, type GateAnswer, type LineRecord, unknownPoints } from "./score-record.ts";
import { fromThousandths, toThousandths } from "./thousandths.ts";

/** What a condition may look at. Lines and axes are empty until the criteria are decided. */
export interface GateFacts {
  readonly properties: AccountSnapshot["properties"];
  /** By number of the criterion. */
  readonly lines: readonly LineRecord[];
  /** By number of the axis, in thousandths. */
  readonly axes: readonly number[];
}

/** What wording may look at besides: the reasons of the lines, by number of the criterion. */
export interface GateView extends Pick<GateFacts, "properties" | "axes"> {
  readonly reasons: readonly string[];
}

export interface CompiledCondition {
  decide(facts: GateFacts): GateAnswer;
  /** What was seen. */
  word(view: GateView): string;
}

export function compileCondition(condition: ModelCondition, model: ScoringModel): CompiledCondition {
  const { label } = condition;
  switch (condition.kind) {
    case "property-in": {
      const values = new Set([...condition.values, ...condition.values.map(normalText)]);
      const test = (text: string) => answerOf(values.has(text) || values.has(normalText(text)));
      return askProperty(condition.property, label, test);
    }
    case "property-between": {
      const { from = -Infinity, to = Infinity } = condition;
      return askProperty(condition.property, label, (text) => {
        const number = readNumber(text);
        return number === null ? answers.notKnown : answerOf(number >= from && number < to);
      });
    }
    case "criterion-at-least": {
      const index = model.criteria.findIndex((one) => one.key === condition.criterion);
      const least = toThousandths(condition.points);
      return {
        decide: ({ lines }) => {
          const earned = lines[index]?.[0] ?? unknownPoints;
          return earned === unknownPoints ? answers.notKnown : answerOf(earned >= least);
        },
        word: ({ reasons }) => say(label, reasons[index]),
      };
    }
    case "axis-at-least": {
      const index = model.axes.findIndex((one) => one.key === condition.axis);
      const max = model.axes[index]?.max ?? 0;
      const percentOf = (axes: readonly number[]) => (100 * fromThousandths(axes[index] ?? 0)) / max;
      return {
        decide: ({ axes }) => answerOf(percentOf(axes) >= condition.percent),
        word: ({ axes }) => say(label, `${Math.round(percentOf(axes))}%`),
      };
    }
  }
}

function askProperty(property: string, label: string, test: (text: string) => GateAnswer): CompiledCondition {
  return {
    decide: ({ properties }) => {
      const text = readProperty(properties, property);
      return text === null ? answers.notKnown : test(text);
    },
    word: ({ properties }) => {
      const text = readProperty(properties, property);
      return say(label, text === null ? `${property} is empty` : quoteValue(text));
    },
  };
}

const answerOf = (holds: boolean): GateAnswer => (holds ? answers.yes : answers.no);

const say = (label: string, detail: string | undefined): string =>
  detail === undefined ? label : `${label} (${detail})`;
