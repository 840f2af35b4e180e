import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { toThousandths } from "../thousandths.ts";

/** Points for a passed gate, for teams that count fit as a point (market.md §1.3, the runner-up). */
export function compileGatePassed(criterion: CriterionOf<"gate-passed">, { model }: CompileContext): CriterionJudge {
  const write = compileLine(criterion);
  const number = model.gates.findIndex((gate) => gate.key === criterion.gate);
  const full = toThousandths(criterion.points);
  return {
    points: ({ gates }) => {
      const state = gates[number]?.state ?? "unknown";
      if (state === "unknown") return null;
      return state === "passed" ? full : 0;
    },
    line: ({ gates }) => {
      const verdict = gates[number];
      if (verdict === null || verdict === undefined || verdict.state === "unknown") {
        return write(unknownFinding(verdict?.reason ?? `${criterion.gate} is not known`));
      }
      const earned = verdict.state === "passed" ? criterion.points : 0;
      return write({
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
    },
  };
}
