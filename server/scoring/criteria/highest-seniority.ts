import { seniorities } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText, seniorityText } from "@touchstone/shared/score-text.ts";
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
import type { Engaged } from "../find-engaged.ts";
import { timeOf } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import type { PeopleColumns } from "../people-columns.ts";
import { listEngaged, recordEngaged } from "../record-engaged.ts";
import { none, unknownPoints } from "../score-record.ts";
import { toThousandths } from "../thousandths.ts";

/**
 * Points for the highest seniority among engaged people (row 38). Nobody engaged is a known zero; when people engaged
 * and no seniority of theirs is known, the criterion is unknown. Its record adds the number of the level in `seniorities`
 * and of the newest signal (`none` without one), how many engaged, how many are listed in all, and the people (`recordEngaged`).
 */
export function compileHighestSeniority(
  criterion: CriterionOf<"highest-seniority">,
  context: CompileContext,
): CriterionJudge {
  const window = context.engagedWithin(criterion.windowDays * dayMs);
  const pointsOf = seniorities.map((level) => toThousandths(criterion.points[level]));
  return {
    decide: (facts) => {
      const engaged = facts.engaged[window];
      if (!facts.observed || engaged === undefined) return unobservedLine(facts.observedAt);
      const count = engaged.counted.length;
      const level = findHighest(engaged, facts.people, pointsOf);
      const points = pointsOf[level] ?? (count === 0 ? 0 : unknownPoints);
      const newest = engaged.counted.find(({ person }) => facts.people.levels[person] === level)?.newest ?? none;
      const listed = count + engaged.ignored.length;
      return toLine(points, recordTime(engaged.changesAt), level, newest, count, listed, ...recordEngaged(engaged));
    },
    word: (line, { ordered }) => {
      if (isUnobserved(line)) return unknownWords(nothingObserved);
      const [points = unknownPoints, , number = none, newest = none, count = 0, listed = 0, ...pairs] = line;
      const level = seniorities[number];
      const label = level === undefined ? "nobody engaged" : seniorityText[level];
      const known = {
        reason: `${label} in ${criterion.windowDays} days`,
        arithmetic: `${label} = ${pointsText(level === undefined ? 0 : criterion.points[level])}`,
      };
      const unknown = unknownWords(`${countText(count, "person", "people")} engaged, of unknown seniority`);
      return {
        ...(points === unknownPoints ? unknown : known),
        at: timeOf(newest, ordered),
        cappedFrom: null,
        evidence: listEngaged(pairs, ordered),
        evidenceCount: listed,
      };
    },
  };
}

/** Of two levels that are worth the same the one of who engaged last. */
function findHighest({ counted }: Engaged, { levels }: PeopleColumns, pointsOf: readonly number[]): number {
  let highest: number = none;
  for (const { person } of counted) {
    const level = levels[person] ?? none;
    if (level !== none && (pointsOf[level] ?? 0) > (pointsOf[highest] ?? -1)) highest = level;
  }
  return highest;
}
