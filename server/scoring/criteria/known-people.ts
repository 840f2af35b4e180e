import { type BuyingRole, buyingRoles, seniorities } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import { type CompileContext, type CriterionJudge, unknownWords } from "../criterion-judge.ts";
import { draft, takeLine, toLine } from "../draft-line.ts";
import { personEvidence } from "../list-evidence.ts";
import { type PeopleColumns, roleBits } from "../people-columns.ts";
import { never, none, unknownPoints } from "../score-record.ts";
import { toThousandths } from "../thousandths.ts";
import { evidenceCode, mostEvidence, type Why, whys } from "../why.ts";

type Known = CriterionOf<"known-people">;

const unknown = toLine(unknownPoints, never);
/** So many entries stand before the codes. */
const headLength = 5;

/**
 * A ladder over the people whom the CRM knows, engaged or not: a champion is named, three roles are filled (rows 4, 50).
 * People in an ignored role are listed and worth nothing. Unknown while what it asks for is not known of anybody. Its record
 * adds the number of the rung (`none` without one), how many people or roles there are, how many people are listed in all,
 * and their codes of evidence, those who count first.
 */
export function compileKnownPeople(criterion: Known, { model }: CompileContext): CriterionJudge {
  const { ignoredRoles } = model.engagement;
  const membershipOf = compileMembership(criterion, ignoredRoles);
  const listed = ignoredRoles.length === 0 ? [whys.counted] : [whys.counted, whys.role];
  const rungs = [...criterion.rungs].sort((a, b) => b.points - a.points);
  const isByRole = criterion.count === "roles";
  const wanted = roleBits(criterion.roles ?? buyingRoles);
  return {
    decide: ({ people }) => {
      const members = draftMembers(people, membershipOf, listed);
      if (members === null) return unknown;
      const { counted, held, end } = members;
      const amount = isByRole ? countBits(held & wanted) : counted;
      const rung = rungs.findIndex(({ atLeast }) => amount >= atLeast);
      draft[0] = toThousandths(rungs[rung]?.points ?? 0);
      draft[1] = never;
      draft[2] = rung;
      draft[3] = amount;
      draft[4] = members.listed;
      return takeLine(end);
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

/**
 * Writes the codes of those who count, then of those who do not. Null while what the criterion asks for is not known of
 * anybody.
 */
function draftMembers(
  people: PeopleColumns,
  membershipOf: (people: PeopleColumns, person: number) => Membership,
  listed: readonly Why[],
): { counted: number; listed: number; held: number; end: number } | null {
  const amounts = { isKnown: false, counted: 0, listed: 0, held: 0, end: headLength };
  for (const why of listed) {
    for (let person = 0; person < people.roles.length; person++) {
      const membership = membershipOf(people, person);
      if (membership !== notSaid) amounts.isKnown = true;
      if (membership !== why) continue;
      amounts.listed++;
      if (amounts.end < headLength + mostEvidence) draft[amounts.end++] = evidenceCode(person, why);
      if (why !== whys.counted) continue;
      amounts.counted++;
      amounts.held |= people.roles[person] ?? 0;
    }
  }
  return amounts.isKnown ? amounts : null;
}

/** What the criterion asks for is not known of a person; is known, and another; or why the person is listed. */
type Membership = typeof notSaid | typeof another | Why;
const notSaid = -2;
const another = -1;

function compileMembership(
  { roles, seniorities: levels, count }: Known,
  ignoredRoles: readonly BuyingRole[],
): (people: PeopleColumns, person: number) => Membership {
  const asksRoles = roles !== undefined || count === "roles";
  const wantedRoles = roles === undefined ? null : roleBits(roles);
  const wantedLevels = levels === undefined ? null : seniorities.map((level) => levels.includes(level));
  const ignoredBits = roleBits(ignoredRoles);
  return (people, person) => {
    const held = people.roles[person] ?? 0;
    const level = people.levels[person] ?? none;
    if ((asksRoles && held === 0) || (wantedLevels !== null && level === none)) return notSaid;
    if (wantedRoles !== null && (held & wantedRoles) === 0) return another;
    if (wantedLevels !== null && wantedLevels[level] !== true) return another;
    return (held & ignoredBits) === 0 ? whys.counted : whys.role;
  };
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}
