import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { ActionView, ScoreView } from "@touchstone/shared/card-api.ts";
import { gateText, pointsText } from "@touchstone/shared/score-text.ts";
import { describeEvidence, type People } from "./describe-evidence.ts";

/** A stored score, ready to show: names joined in, shares as whole per cent. `actions`: those of its model. */
export function toScoreView(score: AccountScore, people: People, actions: readonly ActionView[] = []): ScoreView {
  const axes = new Map(score.axes.map((axis) => [axis.key, axis.label]));
  return {
    model: score.model,
    score: score.score,
    max: score.max,
    attainable: score.attainable,
    coveragePercent: Math.round(score.coverage * 100),
    coverageText: coverageText(score),
    provisional: score.provisional,
    rescaled: rescaledText(score),
    checks: [...score.gates.map((gate) => `${gateText(gate)}. ${gate.reason}`), ...actions.map(actionText)],
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

const actionText = ({ label, due, reason }: ActionView): string => `${label}: ${due ? "due" : "not due"}. ${reason}`;

/** It stands beside the score and never in its place: tiers and actions go by the score (row 40). */
function rescaledText({ rescaled, max, provisional }: AccountScore): string | null {
  if (rescaled === null) return null;
  const text = `Rescaled to what is known: ${pointsText(rescaled)} of ${pointsText(max)}`;
  return provisional ? `${text}, provisional` : text;
}

function coverageText({ attainable, max }: AccountScore): string {
  const [known, all, missing] = [attainable, max, max - attainable].map(pointsText);
  if (attainable >= max) return `All ${all} points can be known from what is recorded.`;
  return `${known} of ${all} points can be known from what is recorded. The other ${missing} are not known yet: they count neither for nor against.`;
}
