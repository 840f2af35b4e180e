import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import type { Engaged } from "../find-engaged.ts";
import type { Facts } from "../gather-facts.ts";
import { listPeopleEvidence } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { thousandthsText, toThousandths } from "../thousandths.ts";

/** min(engaged people, cap) × points. */
export function compileEngagedPeople(
  criterion: CriterionOf<"engaged-people">,
  context: CompileContext,
): CriterionJudge {
  const write = compileLine(criterion);
  const window = context.engagedWithin(criterion.windowDays * dayMs);
  const { cap, windowDays } = criterion;
  const each = toThousandths(criterion.pointsEach);
  const engagedOf = (facts: Facts): Engaged | undefined => (facts.observed ? facts.engaged[window] : undefined);
  return {
    points: (facts) => {
      const engaged = engagedOf(facts);
      return engaged === undefined ? null : Math.min(engaged.counted.length, cap) * each;
    },
    line: (facts) => {
      const engaged = engagedOf(facts);
      if (engaged === undefined) return write(unknownFinding(nothingObserved, facts.observedAt));
      const count = engaged.counted.length;
      const people = countText(count, "person", "people");
      const points = Math.min(count, cap) * each;
      return write({
        known: true,
        points,
        reason: `${people} engaged in ${windowDays} days`,
        arithmetic: `min(${people}, ${cap}) × ${pointsText(criterion.pointsEach)} = ${thousandthsText(points)}`,
        at: engaged.counted[0]?.newest.at ?? null,
        cappedFrom: count > cap ? count * each : null,
        evidence: listPeopleEvidence(engaged),
        evidenceCount: count + engaged.ignored.length,
        changesAt: engaged.changesAt,
      });
    },
  };
}
