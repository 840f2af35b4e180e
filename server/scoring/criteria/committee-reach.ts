import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText, roleText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, compileLine, unknownFinding } from "../criterion-judge.ts";
import { dayMs } from "../day.ts";
import type { Engaged } from "../find-engaged.ts";
import { listPeopleEvidence } from "../list-evidence.ts";
import { nothingObserved } from "../nothing-observed.ts";
import { toThousandths } from "../thousandths.ts";

type Rung = CriterionOf<"committee-reach">["rungs"][number];

/** A ladder over how many people engaged and whether one of them holds a key role (row 37). */
export function compileCommitteeReach(
  criterion: CriterionOf<"committee-reach">,
  context: CompileContext,
): CriterionJudge {
  const write = compileLine(criterion);
  const window = context.engagedWithin(criterion.windowDays * dayMs);
  const rungs = [...criterion.rungs].sort((a, b) => b.points - a.points);
  const { keyRoles, none, windowDays } = criterion;
  const heldOf = ({ counted }: Engaged) =>
    keyRoles.find((role) => counted.some(({ person }) => person.roles.includes(role)));
  const rungOf = (count: number, held: boolean): Rung | undefined =>
    rungs.find(({ people, keyRole }) => count >= people && (!keyRole || held));
  return {
    points: (facts) => {
      const engaged = facts.engaged[window];
      if (!facts.observed || engaged === undefined) return null;
      return toThousandths(rungOf(engaged.counted.length, heldOf(engaged) !== undefined)?.points ?? 0);
    },
    line: (facts) => {
      const engaged = facts.engaged[window];
      if (!facts.observed || engaged === undefined) return write(unknownFinding(nothingObserved, facts.observedAt));
      const count = engaged.counted.length;
      const held = heldOf(engaged);
      const rung = rungOf(count, held !== undefined);
      const label = rung?.label ?? none;
      const who = held === undefined ? "nobody in a key role" : `among them ${roleText[held]}`;
      const people = count === 0 ? "nobody engaged" : `${countText(count, "person", "people")} engaged, ${who},`;
      return write({
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
    },
  };
}
