import type { LineView, ScoreView } from "@touchstone/shared/card-api.ts";

export interface LedgerGroup {
  readonly key: string;
  readonly label: string;
  readonly points: number;
  readonly max: number;
  readonly lines: readonly LineView[];
}

export interface LedgerSum {
  readonly groups: readonly LedgerGroup[];
  readonly lines: number;
  readonly rounding: number;
  readonly score: number | null;
}

/**
 * The ledger as it is shown. Points are shown to a thousandth; what that leaves out goes into the rounding line, so that
 * the column adds up to the score for whoever checks it by hand.
 */
export function ledgerSum(score: ScoreView): LedgerSum {
  const groups = score.axes.map((axis) => {
    const lines = score.lines.filter((line) => line.axis === axis.key);
    return { key: axis.key, label: axis.label, points: sumOf(lines), max: axis.max, lines };
  });
  const lines = fromThousandths(score.lines.reduce((sum, line) => sum + toThousandths(line.points), 0));
  const rounding = score.score === null ? 0 : fromThousandths(toThousandths(score.score) - toThousandths(lines));
  return { groups, lines, rounding, score: score.score };
}

const toThousandths = (points: number): number => Math.round(points * 1_000);
const fromThousandths = (thousandths: number): number => thousandths / 1_000;
const sumOf = (lines: readonly LineView[]): number =>
  fromThousandths(lines.reduce((sum, line) => sum + toThousandths(line.points), 0));
