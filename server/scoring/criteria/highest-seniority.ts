import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText, seniorityText } from "@touchstone/shared/score-text.ts";
import {
  type CompileContext,
  type CriterionJudge,
  compileLine,
  type Finding,
  unknownFinding,
} from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import type { Engaged } from "../find-engaged.ts";
import { listPeopleEvidence } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { toThousandths } from "../thousandths.ts";

type Points = CriterionOf<"highest-seniority">["points"];

/**
 * Points for the highest seniority among engaged people (row 38). Nobody engaged is a known zero; when people engaged
 * and no seniority of theirs is known, the criterion is unknown.
 */
export function compileHighestSeniority(
  criterion: CriterionOf<"highest-seniority">,
  context: CompileContext,
): CriterionJudge {
  const line = compileLine(criterion);
  const window = context.engagedWithin(criterion.windowDays * dayMs);
  return (facts) => {
    const engaged = facts.engaged[window];
    if (!facts.observed || engaged === undefined) return line(unknownFinding(nothingObserved, facts.observedAt));
    return line(findHighest(engaged, criterion.points, criterion.windowDays));
  };
}

function findHighest(engaged: Engaged, points: Points, windowDays: number): Finding {
  const levels = engaged.counted.flatMap(({ person }) => (person.seniority === null ? [] : [person.seniority]));
  const highest = levels.reduce<(typeof levels)[number] | null>(
    (best, level) => (best === null || points[level] > points[best] ? level : best),
    null,
  );
  const count = engaged.counted.length;
  const known = count === 0 || highest !== null;
  const earned = highest === null ? 0 : points[highest];
  const label = highest === null ? "nobody engaged" : seniorityText[highest];
  const lost = `${countText(count, "person", "people")} engaged, of unknown seniority`;
  return {
    known,
    points: toThousandths(earned),
    reason: known ? `${label} in ${windowDays} days` : lost,
    arithmetic: known ? `${label} = ${pointsText(earned)}` : "not known",
    at: engaged.counted.find(({ person }) => person.seniority === highest)?.newest.at ?? null,
    cappedFrom: null,
    evidence: listPeopleEvidence(engaged),
    evidenceCount: count + engaged.ignored.length,
    changesAt: engaged.changesAt,
  };
}
