import type { Seniority } from "@touchstone/shared/account-snapshot.ts";
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
  const write = compileLine(criterion);
  const window = context.engagedWithin(criterion.windowDays * dayMs);
  return {
    points: (facts) => {
      const engaged = facts.engaged[window];
      if (!facts.observed || engaged === undefined) return null;
      const highest = highestOf(engaged, criterion.points);
      if (highest === null) return engaged.counted.length === 0 ? 0 : null;
      return toThousandths(criterion.points[highest]);
    },
    line: (facts) => {
      const engaged = facts.engaged[window];
      if (!facts.observed || engaged === undefined) return write(unknownFinding(nothingObserved, facts.observedAt));
      return write(findHighest(engaged, criterion.points, criterion.windowDays));
    },
  };
}

/** Of two levels that are worth the same the one of who engaged last. */
function highestOf(engaged: Engaged, points: Points): Seniority | null {
  let highest: Seniority | null = null;
  for (const { person } of engaged.counted) {
    const level = person.seniority;
    if (level !== null && (highest === null || points[level] > points[highest])) highest = level;
  }
  return highest;
}

function findHighest(engaged: Engaged, points: Points, windowDays: number): Finding {
  const highest = highestOf(engaged, points);
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
