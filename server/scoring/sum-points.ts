import type { CompiledModel } from "./compile-model.ts";
import { answers, type GateRecord, type LineRecord, never, type ScoreRecord, unknownPoints } from "./score-record.ts";
import { roundToTenth, toThousandths } from "./thousandths.ts";

/** What the lines of an account come to. Points in thousandths; lists are numbered as in the model. */
export type Sums = Pick<ScoreRecord, "earned" | "attainable" | "axes" | "axesAttainable" | "nextChangeAt">;

/** Where a criterion is not known, its most is not attainable either (row 40). */
export function sumPoints({ axisOf, maxOf, noPoints }: CompiledModel, lines: readonly LineRecord[]): Sums {
  const axes = noPoints.slice();
  const axesAttainable = noPoints.slice();
  let earned = 0;
  let attainable = 0;
  let nextChangeAt = Number.POSITIVE_INFINITY;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined) continue;
    const own = line[0] ?? unknownPoints;
    const changesAt = line[1] ?? never;
    if (changesAt !== never && changesAt < nextChangeAt) nextChangeAt = changesAt;
    if (own === unknownPoints) continue;
    const axis = axisOf[index] ?? 0;
    const max = maxOf[index] ?? 0;
    earned += own;
    attainable += max;
    axes[axis] = (axes[axis] ?? 0) + own;
    axesAttainable[axis] = (axesAttainable[axis] ?? 0) + max;
  }
  const changes = nextChangeAt !== Number.POSITIVE_INFINITY;
  return { earned, attainable, axes, axesAttainable, nextChangeAt: changes ? nextChangeAt : null };
}

/** Attainable points by number of all points: how much of the model is known (row 40). */
export const coverageOf = ({ max }: CompiledModel, attainable: number): number => attainable / max;

/** In thousandths; null when the model does not offer it or too little is known. */
export function rescale(compiled: CompiledModel, { earned, attainable }: Sums): number | null {
  const rules = compiled.model.coverage;
  if (!rules.rescale || attainable === 0 || coverageOf(compiled, attainable) < rules.rescaleFrom) return null;
  return roundToTenth((compiled.max * earned) / attainable);
}

/** Number of the band. By the rounded score, which is the one shown (T06, T13); bands are half-open and go upwards. */
export function findBand(
  { model }: CompiledModel,
  rounded: number,
  gates: readonly (GateRecord | null)[],
): number | null {
  for (let index = model.bands.length - 1; index >= 0; index--) {
    const band = model.bands[index];
    if (band === undefined || rounded < toThousandths(band.from)) continue;
    if (band.gate === undefined) return index;
    const gate = model.gates.findIndex((one) => one.key === band.gate);
    if (gates[gate]?.[0] === answers.yes) return index;
  }
  return null;
}
