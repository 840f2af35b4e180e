import type { AccountScore, AxisScore, Band, GateResult } from "@touchstone/shared/account-score.ts";
import type { CompiledModel } from "./compile-model.ts";
import type { GateResults } from "./judge-gate.ts";
import { fromThousandths, roundToTenth, toThousandths } from "./thousandths.ts";

/** The points of an account's criteria added up. All in thousandths; lists are numbered as in the model. */
export interface Sums {
  readonly earned: number;
  readonly attainable: number;
  readonly axes: readonly number[];
  readonly axesAttainable: readonly number[];
}

export type Totals = Pick<
  AccountScore,
  "score" | "rounding" | "attainable" | "max" | "coverage" | "provisional" | "rescaled" | "band"
>;

/** Takes the points of each criterion, null where it is not known (row 40): then its most is not attainable either. */
export function sumPoints({ axisOf, maxOf, model }: CompiledModel, points: readonly (number | null)[]): Sums {
  const axes: number[] = [];
  const axesAttainable: number[] = [];
  for (let axis = 0; axis < model.axes.length; axis++) {
    axes.push(0);
    axesAttainable.push(0);
  }
  let earned = 0;
  let attainable = 0;
  for (let index = 0; index < points.length; index++) {
    const own = points[index] ?? null;
    if (own === null) continue;
    const axis = axisOf[index] ?? 0;
    const max = maxOf[index] ?? 0;
    earned += own;
    attainable += max;
    axes[axis] = (axes[axis] ?? 0) + own;
    axesAttainable[axis] = (axesAttainable[axis] ?? 0) + max;
  }
  return { earned, attainable, axes, axesAttainable };
}

export function totalsOf(compiled: CompiledModel, sums: Sums, gates: GateResults): Totals {
  const { earned, attainable } = sums;
  const rounded = roundToTenth(earned);
  const coverage = attainable / compiled.max;
  const rules = compiled.model.coverage;
  const rescales = rules.rescale && attainable > 0 && coverage >= rules.rescaleFrom;
  return {
    score: fromThousandths(rounded),
    rounding: fromThousandths(rounded - earned),
    attainable: fromThousandths(attainable),
    max: fromThousandths(compiled.max),
    coverage,
    provisional: coverage < rules.provisionalBelow,
    rescaled: rescales ? fromThousandths(roundToTenth((compiled.max * earned) / attainable)) : null,
    band: findBand(compiled, rounded, gates),
  };
}

export const axisScores = ({ model }: CompiledModel, { axes, axesAttainable }: Sums): AxisScore[] =>
  model.axes.map(({ key, label, max }, index) => ({
    key,
    label,
    score: fromThousandths(axes[index] ?? 0),
    attainable: fromThousandths(axesAttainable[index] ?? 0),
    max,
  }));

/** By the rounded score, which is the one shown (T06, T13); bands are half-open and go upwards. */
function findBand({ model }: CompiledModel, rounded: number, gates: GateResults): Band | null {
  for (let index = model.bands.length - 1; index >= 0; index--) {
    const band = model.bands[index];
    if (band === undefined || rounded < toThousandths(band.from)) continue;
    if (band.gate === undefined || gates.some((gate) => hasPassed(gate, band.gate))) {
      return { key: band.key, label: band.label, phrase: band.phrase };
    }
  }
  return null;
}

const hasPassed = (gate: GateResult | null, key: string | undefined): boolean =>
  gate !== null && gate.key === key && gate.state === "passed";
