import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { toThousandths } from "../thousandths.ts";

/** Points for a passed gate, for teams that count fit as a point (market.md §1.3, the runner-up). */
export function compileGatePassed(criterion: CriterionOf<"gate-passed">): CriterionJudge {
  const line = compileLine(criterion);
  return ({ gates }) => {
    const verdict = gates.get(criterion.gate);
    if (verdict === undefined || verdict.state === "unknown") {
      return line(unknownFinding(verdict?.reason ?? `${criterion.gate} is not known`));
    }
    const earned = verdict.state === "passed" ? criterion.points : 0;
    return line({
      known: true,
      points: toThousandths(earned),
      reason: verdict.reason,
      arithmetic: `${verdict.state} = ${pointsText(earned)}`,
      at: null,
      cappedFrom: null,
      evidence: [],
      evidenceCount: 0,
      changesAt: Number.POSITIVE_INFINITY,
    });
  };
}
