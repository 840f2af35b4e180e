import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import type { ScoreTotals } from "./score-totals.ts";

/**
 * What accounts are sorted by, the largest first: the score, or fit × intent ÷ 100 of a model whose axes are never added
 * up (row 24): the product of the axes' parts, as a percentage. Null when excluded.
 */
export function rankValue(
  score: Pick<ScoreTotals, "score" | "axes">,
  model: Pick<ScoringModel, "rankBy">,
): number | null {
  if (score.score === null || model.rankBy !== "product-of-axes") return score.score;
  return score.axes.reduce((value, axis) => (value * axis.score) / axis.max, 100);
}
