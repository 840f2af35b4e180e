import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { ScoreView } from "@touchstone/shared/card-api.ts";
import { describeEvidence, type People } from "./describe-evidence.ts";

/** A stored score, ready to show: names joined in, shares as whole per cent. */
export function toScoreView(score: AccountScore, people: People): ScoreView {
  const axes = new Map(score.axes.map((axis) => [axis.key, axis.label]));
  return {
    model: score.model,
    score: score.score,
    max: score.max,
    attainable: score.attainable,
    coveragePercent: Math.round(score.coverage * 100),
    provisional: score.provisional,
    band: score.band,
    axes: score.axes,
    lines: score.lines.map((line) => ({
      ...line,
      axisLabel: axes.get(line.axis) ?? line.axis,
      evidence: line.evidence.map((one) => ({
        text: describeEvidence(one, people),
        at: one.at,
        counted: one.counted,
        note: one.note,
      })),
    })),
    rounding: score.rounding,
  };
}
