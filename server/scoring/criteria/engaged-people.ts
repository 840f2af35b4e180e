import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { listPeopleEvidence } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { fromThousandths, toThousandths } from "../thousandths.ts";

/** min(engaged people, cap) × points. */
export function compileEngagedPeople(
  criterion: CriterionOf<"engaged-people">,
  context: CompileContext,
): CriterionJudge {
  const line = compileLine(criterion);
  const window = context.engagedWithin(criterion.windowDays * dayMs);
  const { cap, windowDays } = criterion;
  const each = toThousandths(criterion.pointsEach);
  return (facts) => {
    const engaged = facts.engaged[window];
    if (!facts.observed || engaged === undefined) return line(unknownFinding(nothingObserved, facts.observedAt));
    const count = engaged.counted.length;
    const people = countText(count, "person", "people");
    const points = Math.min(count, cap) * each;
    return line({
      known: true,
      points,
      reason: `${people} engaged in ${windowDays} days`,
      arithmetic: `min(${people}, ${cap}) × ${pointsText(criterion.pointsEach)} = ${pointsText(fromThousandths(points))}`,
      at: engaged.counted[0]?.newest.at ?? null,
      cappedFrom: count > cap ? count * each : null,
      evidence: listPeopleEvidence(engaged),
      evidenceCount: count + engaged.ignored.length,
      changesAt: engaged.changesAt,
    });
  };
}
