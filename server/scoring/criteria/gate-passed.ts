import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, plainWords, unknownWords } from "../criterion-judge.ts";
import { toLine } from "../draft-line.ts";
import { answers, never, unknownPoints } from "../score-record.ts";
import { fromThousandths, toThousandths } from "../thousandths.ts";

/** Points for a passed gate, for teams that count fit as a point (market.md §1.3, the runner-up). */
export function compileGatePassed(criterion: CriterionOf<"gate-passed">, { model }: CompileContext): CriterionJudge {
  const number = model.gates.findIndex((gate) => gate.key === criterion.gate);
  const passed = toLine(toThousandths(criterion.points), never);
  const failed = toLine(0, never);
  const unknown = toLine(unknownPoints, never);
  return {
    decide: ({ gates }) => {
      const answer = gates[number]?.[0] ?? answers.notKnown;
      if (answer === answers.notKnown) return unknown;
      return answer === answers.yes ? passed : failed;
    },
    word: ([points = unknownPoints], { gates }) => {
      const gate = gates[number];
      if (points === unknownPoints || !gate) return unknownWords(gate?.reason ?? `${criterion.gate} is not known`);
      return plainWords(gate.reason, `${gate.state} = ${pointsText(fromThousandths(points))}`);
    },
  };
}
