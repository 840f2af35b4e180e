import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import {
  type CompileContext,
  type CriterionJudge,
  isUnobserved,
  recordTime,
  unknownWords,
  unobservedLine,
} from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { toLine } from "../draft-line.ts";
import { timeOf } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { listEngaged, recordEngaged } from "../record-engaged.ts";
import { none } from "../score-record.ts";
import { thousandthsText, toThousandths } from "../thousandths.ts";

/**
 * min(engaged people, cap) × points. Its record adds the points before the cap (`none`: not capped), how many engaged, how
 * many are listed in all, and the people (`recordEngaged`).
 */
export function compileEngagedPeople(
  criterion: CriterionOf<"engaged-people">,
  context: CompileContext,
): CriterionJudge {
  const window = context.engagedWithin(criterion.windowDays * dayMs);
  const { cap, windowDays } = criterion;
  const each = toThousandths(criterion.pointsEach);
  return {
    decide: (facts) => {
      const engaged = facts.engaged[window];
      if (!facts.observed || engaged === undefined) return unobservedLine(facts.observedAt);
      const count = engaged.counted.length;
      const listed = count + engaged.ignored.length;
      const points = Math.min(count, cap) * each;
      const beforeCap = count > cap ? count * each : none;
      return toLine(points, recordTime(engaged.changesAt), beforeCap, count, listed, ...recordEngaged(engaged));
    },
    word: (line, { ordered }) => {
      if (isUnobserved(line)) return unknownWords(nothingObserved);
      const [points = 0, , beforeCap = none, count = 0, listed = 0, ...pairs] = line;
      const people = countText(count, "person", "people");
      return {
        reason: `${people} engaged in ${windowDays} days`,
        arithmetic: `min(${people}, ${cap}) × ${pointsText(criterion.pointsEach)} = ${thousandthsText(points)}`,
        at: count === 0 ? null : timeOf(pairs[1], ordered),
        cappedFrom: beforeCap === none ? null : beforeCap,
        evidence: listEngaged(pairs, ordered),
        evidenceCount: listed,
      };
    },
  };
}
