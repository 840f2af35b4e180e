import { type BuyingRole, buyingRoles, seniorities } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, unknownWords } from "../criterion-judge.ts";
import { personEvidence } from "../list-evidence.ts";
import { type PeopleColumns, roleBits } from "../people-columns.ts";
import { type LineRecord, never, none, unknownPoints } from "../score-record.ts";
import { toThousandths } from "../thousandths.ts";
import { evidenceCode, mostEvidence, whys } from "../why.ts";

type Known = CriterionOf<"known-people">;

const unknown: LineRecord = [unknownPoints, never];

/**
 * A ladder over the people whom the CRM knows, engaged or not: a champion is named, three roles are filled (rows 4, 50).
 * People in an ignored role are listed and worth nothing. Unknown while what it asks for is not known of anybody. Its record
 * adds the number of the rung (`none` without one), how many people or roles there are, how many people are listed in all,
 * and their codes of evidence.
 */
export function compileKnownPeople(criterion: Known, { model }: CompileContext): CriterionJudge {
  const find = compileMembership(criterion, model.engagement.ignoredRoles);
  const rungs = [...criterion.rungs].sort((a, b) => b.points - a.points);
  const isByRole = criterion.count === "roles";
  const wanted = roleBits(criterion.roles ?? buyingRoles);
  return {
    decide: ({ people }) => {
      const members = find(people);
      if (members === null) return unknown;
      const { counted, ignored } = members;
      const amount = isByRole ? countRoles(counted, people, wanted) : counted.length;
      const rung = rungs.findIndex(({ atLeast }) => amount >= atLeast);
      const listed = counted.length + ignored.length;
      const line = [toThousandths(rungs[rung]?.points ?? 0), never, rung, amount, listed];
      const end = line.length + mostEvidence;
      for (const person of counted) if (line.length < end) line.push(evidenceCode(person, whys.counted));
      for (const person of ignored) if (line.length < end) line.push(evidenceCode(person, whys.role));
      return line;
    },
    word: (line, { ordered }) => {
      if (line[0] === unknownPoints) {
        const isEmpty = ordered.people.list.length === 0;
        return unknownWords(isEmpty ? "no person is known at this account" : "nobody's role or seniority is known");
      }
      const [, , number = none, amount = 0, listed = 0, ...codes] = line;
      const rung = rungs[number];
      const label = rung?.label ?? criterion.none;
      return {
        reason: `${isByRole ? countText(amount, "role", "roles") : countText(amount, "person", "people")}: ${label}`,
        arithmetic: `${label} = ${pointsText(rung?.points ?? 0)}`,
        at: null,
        cappedFrom: null,
        evidence: codes.flatMap((code) => personEvidence(code, null, ordered)),
        evidenceCount: listed,
      };
    },
  };
}

/** Numbers of people. */
interface Members {
  readonly counted: number[];
  readonly ignored: number[];
}

/** Null while what the criterion asks for is not known of anybody. */
function compileMembership(
  { roles, seniorities: levels, count }: Known,
  ignoredRoles: readonly BuyingRole[],
): (people: PeopleColumns) => Members | null {
  const asksRoles = roles !== undefined || count === "roles";
  const wantedRoles = roles === undefined ? null : roleBits(roles);
  const wantedLevels = levels === undefined ? null : seniorities.map((level) => levels.includes(level));
  const ignoredBits = roleBits(ignoredRoles);
  return (people) => {
    const members: Members = { counted: [], ignored: [] };
    let isKnown = false;
    for (let person = 0; person < people.roles.length; person++) {
      const held = people.roles[person] ?? 0;
      const level = people.levels[person] ?? none;
      if ((asksRoles && held === 0) || (wantedLevels !== null && level === none)) continue;
      isKnown = true;
      if (wantedRoles !== null && (held & wantedRoles) === 0) continue;
      if (wantedLevels !== null && wantedLevels[level] !== true) continue;
      ((held & ignoredBits) === 0 ? members.counted : members.ignored).push(person);
    }
    return isKnown ? members : null;
  };
}

function countRoles(members: readonly number[], { roles }: PeopleColumns, wanted: number): number {
  let held = 0;
  for (const person of members) held |= roles[person] ?? 0;
  let count = 0;
  for (let bits = held & wanted; bits !== 0; bits &= bits - 1) count++;
  return count;
}
