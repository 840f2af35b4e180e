import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText, roleText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import { listPeopleEvidence } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { toThousandths } from "../thousandths.ts";

/** A ladder over how many people engaged and whether one of them holds a key role (row 37). */
export function compileCommitteeReach(
  criterion: CriterionOf<"committee-reach">,
  context: CompileContext,
): CriterionJudge {
  const line = compileLine(criterion);
  const window = context.engagedWithin(criterion.windowDays * dayMs);
  const rungs = [...criterion.rungs].sort((a, b) => b.points - a.points);
  const { keyRoles, none, windowDays } = criterion;
  return (facts) => {
    const engaged = facts.engaged[window];
    if (!facts.observed || engaged === undefined) return line(unknownFinding(nothingObserved, facts.observedAt));
    const count = engaged.counted.length;
    const held = keyRoles.find((role) => engaged.counted.some(({ person }) => person.roles.includes(role)));
    const rung = rungs.find(({ people, keyRole }) => count >= people && (!keyRole || held !== undefined));
    const label = rung?.label ?? none;
    const who = held === undefined ? "nobody in a key role" : `among them ${roleText[held]}`;
    const people = count === 0 ? "nobody engaged" : `${countText(count, "person", "people")} engaged, ${who},`;
    return line({
      known: true,
      points: toThousandths(rung?.points ?? 0),
      reason: `${people} in ${windowDays} days: ${label}`,
      arithmetic: `${label} = ${pointsText(rung?.points ?? 0)}`,
      at: engaged.counted[0]?.newest.at ?? null,
      cappedFrom: null,
      evidence: listPeopleEvidence(engaged),
      evidenceCount: count + engaged.ignored.length,
      changesAt: engaged.changesAt,
    });
  };
}
