import type { LineView, ScoreView } from "@touchstone/shared/card-api.ts";

export interface LedgerGroup {
  readonly key: string;
  readonly label: string;
  readonly points: number;
  readonly max: number;
  readonly lines: readonly LineView[];
}

/** The lines under their axes, in the model's order. Every line's axis is one of the score's. */
export const ledgerGroups = (score: ScoreView): LedgerGroup[] =>
  score.axes.map(({ key, label, max }) => {
    const lines = score.lines.filter((line) => line.axis === key);
    return { key, label, max, lines, points: sumOfPoints(lines) };
  });

/** Points are whole thousandths; sums of these are exact, sums of decimal fractions are not. */
export const sumOfPoints = (lines: readonly LineView[]): number =>
  lines.reduce((sum, line) => sum + Math.round(line.points * 1_000), 0) / 1_000;
