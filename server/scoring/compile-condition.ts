import type { ModelCondition, ScoringModel } from "@touchstone/shared/model-shape.ts";
import { normalText } from "@touchstone/shared/normal-text.ts";
import type { GateView } from "./gate-view.ts";
import { quoteValue, readNumber, readProperty } from "./read-property.ts";
import { fromThousandths, toThousandths } from "./thousandths.ts";

/** True, false, or null for not known; with what was seen, where that helps. */
export interface Answer {
  readonly holds: boolean | null;
  readonly said: string;
}

export type Question = (view: GateView) => Answer;

export function compileCondition(condition: ModelCondition, model: ScoringModel): Question {
  switch (condition.kind) {
    case "property-in": {
      const values = new Set([...condition.values, ...condition.values.map(normalText)]);
      const test = (text: string) => values.has(text) || values.has(normalText(text));
      return askProperty(condition.property, condition.label, test);
    }
    case "property-between": {
      const { from = -Infinity, to = Infinity } = condition;
      return askProperty(condition.property, condition.label, (text) => {
        const number = readNumber(text);
        return number === null ? null : number >= from && number < to;
      });
    }
    case "criterion-at-least": {
      const index = model.criteria.findIndex((one) => one.key === condition.criterion);
      const least = toThousandths(condition.points);
      return ({ points, lines }) => {
        const earned = points[index] ?? null;
        return { holds: earned === null ? null : earned >= least, said: say(condition.label, lines[index]?.reason) };
      };
    }
    case "axis-at-least": {
      const index = model.axes.findIndex((one) => one.key === condition.axis);
      const max = model.axes[index]?.max ?? 0;
      return ({ axes }) => {
        const percent = (100 * fromThousandths(axes[index] ?? 0)) / max;
        return { holds: percent >= condition.percent, said: say(condition.label, `${Math.round(percent)}%`) };
      };
    }
  }
}

function askProperty(property: string, label: string, test: (text: string) => boolean | null): Question {
  const empty: Answer = Object.freeze({ holds: null, said: say(label, `${property} is empty`) });
  return ({ properties }) => {
    const text = readProperty(properties, property);
    return text === null ? empty : { holds: test(text), said: say(label, quoteValue(text)) };
  };
}

const say = (label: string, detail: string | undefined): string =>
  detail === undefined ? label : `${label} (${detail})`;
