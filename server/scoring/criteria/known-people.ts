import type { Evidence } from "@touchstone/shared/account-score.ts";
import { type BuyingRole, buyingRoles, type SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import type { CriterionOf } from "@touchstone/shared/criterion-shapes.ts";
import { countText, pointsText } from "@touchstone/shared/score-text.ts";
import {
  type CompileContext,
  type CriterionJudge,
  compileLine,
  sharedLine,
  unknownFinding,
} from "../criterion-judge.ts";
import { personEvidence } from "../list-evidence.ts";
import { toThousandths } from "../thousandths.ts";

type Known = CriterionOf<"known-people">;

const notSaid = "nobody's role or seniority is known";
const nobody = "no person is known at this account";

/**
 * A ladder over the people whom the CRM knows, engaged or not: a champion is named, three roles are filled (rows 4, 50).
 * People in an ignored role are listed and worth nothing. Unknown while what it asks for is not known of anybody.
 */
export function compileKnownPeople(criterion: Known, { model }: CompileContext): CriterionJudge {
  const write = compileLine(criterion);
  const find = compileMembership(criterion, model.engagement.ignoredRoles);
  const rungs = [...criterion.rungs].sort((a, b) => b.points - a.points);
  const isByRole = criterion.count === "roles";
  const unknown = sharedLine(write(unknownFinding(notSaid)));
  const empty = sharedLine(write(unknownFinding(nobody)));
  const amountOf = ({ counted }: Members) => (isByRole ? countRoles(counted, criterion.roles) : counted.length);
  const rungOf = (amount: number) => rungs.find(({ atLeast }) => amount >= atLeast);
  return {
    points: ({ people }) => {
      const members = find(people);
      return members === null ? null : toThousandths(rungOf(amountOf(members))?.points ?? 0);
    },
    line: ({ people }) => {
      const members = find(people);
      if (members === null) return people.length === 0 ? empty : unknown;
      const amount = amountOf(members);
      const rung = rungOf(amount);
      const label = rung?.label ?? criterion.none;
      return write({
        known: true,
        points: toThousandths(rung?.points ?? 0),
        reason: `${isByRole ? countText(amount, "role", "roles") : countText(amount, "person", "people")}: ${label}`,
        arithmetic: `${label} = ${pointsText(rung?.points ?? 0)}`,
        at: null,
        cappedFrom: null,
        evidence: listEvidence(members),
        evidenceCount: members.counted.length + members.ignored.length,
        changesAt: Number.POSITIVE_INFINITY,
      });
    },
  };
}

interface Members {
  readonly counted: SnapshotPerson[];
  readonly ignored: SnapshotPerson[];
}

/** Null while what the criterion asks for is not known of anybody. */
function compileMembership(
  { roles, seniorities, count }: Known,
  ignoredRoles: readonly BuyingRole[],
): (people: readonly SnapshotPerson[]) => Members | null {
  const asksRoles = roles !== undefined || count === "roles";
  const holdsOne = (person: SnapshotPerson, wanted: readonly BuyingRole[]): boolean => {
    for (const role of person.roles) if (wanted.includes(role)) return true;
    return false;
  };
  return (people) => {
    const members: Members = { counted: [], ignored: [] };
    let isKnown = false;
    for (const person of people) {
      if ((asksRoles && person.roles.length === 0) || (seniorities !== undefined && person.seniority === null))
        continue;
      isKnown = true;
      if (roles !== undefined && !holdsOne(person, roles)) continue;
      if (seniorities !== undefined && (person.seniority === null || !seniorities.includes(person.seniority))) continue;
      (holdsOne(person, ignoredRoles) ? members.ignored : members.counted).push(person);
    }
    return isKnown ? members : null;
  };
}

function countRoles(people: readonly SnapshotPerson[], wanted: readonly BuyingRole[] = buyingRoles): number {
  return wanted.filter((role) => people.some((person) => person.roles.includes(role))).length;
}

const mostEvidence = 20;

function listEvidence({ counted, ignored }: Members): Evidence[] {
  const evidence: Evidence[] = [];
  for (const person of counted) if (evidence.length < mostEvidence) evidence.push(personEvidence(person, null, true));
  for (const person of ignored) if (evidence.length < mostEvidence) evidence.push(personEvidence(person, null, false));
  return evidence;
}
