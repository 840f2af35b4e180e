import { buyingRoles } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText, roleText } from "@touchstone/shared/score-text.ts";
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
import { none } from "../score-record.ts";
import { toThousandths } from "../thousandths.ts";

/**
 * A ladder over how many people engaged and whether one of them holds a key role (row 37). Its record adds the number of
 * the rung, that of the key role in `buyingRoles` (each `none` without one), how many engaged, how many are listed in all,
 * and the people (`recordEngaged`).
 */
export function compileCommitteeReach(
  criterion: CriterionOf<"committee-reach">,
  context: CompileContext,
): CriterionJudge {
  const window = context.engagedWithin(criterion.windowDays * dayMs);
  const rungs = [...criterion.rungs].sort((a, b) => b.points - a.points);
  const keyRoles = criterion.keyRoles.map((role) => buyingRoles.indexOf(role));
  const { windowDays } = criterion;
  return {
    decide: (facts) => {
      const engaged = facts.engaged[window];
      if (!facts.observed || engaged === undefined) return unobservedLine(facts.observedAt);
      const count = engaged.counted.length;
      const held = findHeld(engaged, facts.people, keyRoles);
      const rung = rungs.findIndex(({ people, keyRole }) => count >= people && (!keyRole || held !== none));
      const points = toThousandths(rungs[rung]?.points ?? 0);
      const listed = count + engaged.ignored.length;
      return toLine(points, recordTime(engaged.changesAt), rung, held, count, listed, ...recordEngaged(engaged));
    },
    word: (line, { ordered }) => {
      if (isUnobserved(line)) return unknownWords(nothingObserved);
      const [, , number = none, held = none, count = 0, listed = 0, ...pairs] = line;
      const rung = rungs[number];
      const role = buyingRoles[held];
      const label = rung?.label ?? criterion.none;
      const who = role === undefined ? "nobody in a key role" : `among them ${roleText[role]}`;
      const people = count === 0 ? "nobody engaged" : `${countText(count, "person", "people")} engaged, ${who},`;
      return {
        reason: `${people} in ${windowDays} days: ${label}`,
        arithmetic: `${label} = ${pointsText(rung?.points ?? 0)}`,
        at: count === 0 ? null : timeOf(pairs[1], ordered),
        cappedFrom: null,
        evidence: listEngaged(pairs, ordered),
        evidenceCount: listed,
      };
    },
  };
}

/** The first of the key roles that somebody who engaged holds. */
function findHeld({ counted }: Engaged, { roles }: PeopleColumns, keyRoles: readonly number[]): number {
  let bits = 0;
  for (const { person } of counted) bits |= roles[person] ?? 0;
  return keyRoles.find((role) => (bits & (1 << role)) !== 0) ?? none;
}
