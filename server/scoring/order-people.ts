import { buyingRoles, type SnapshotPerson, seniorities } from "@touchstone/shared/account-snapshot.ts";
import { compareText } from "./order-signals.ts";

/**
 * The members of an account by id, each once and with roles in canonical order, whatever the order of the list. A list
 * that is so already, as every stored snapshot's is, is given back itself.
 */
export function orderPeople(people: readonly SnapshotPerson[]): readonly SnapshotPerson[] {
  return isCanonical(people) ? people : makeCanonical(people);
}

function isCanonical(people: readonly SnapshotPerson[]): boolean {
  let before = "";
  for (const person of people) {
    if (person.id <= before || !areInOrder(person.roles)) return false;
    before = person.id;
  }
  return true;
}

function areInOrder(roles: SnapshotPerson["roles"]): boolean {
  for (let index = 1; index < roles.length; index++) {
    if (rankOf(roles[index]) <= rankOf(roles[index - 1])) return false;
  }
  return true;
}

const rankOf = (role: SnapshotPerson["roles"][number] | undefined): number =>
  role === undefined ? -1 : buyingRoles.indexOf(role);

function makeCanonical(people: readonly SnapshotPerson[]): SnapshotPerson[] {
  const byId = new Map<string, SnapshotPerson>();
  for (const person of people) byId.set(person.id, merge(person, byId.get(person.id) ?? person));
  return [...byId.values()].sort((a, b) => compareText(a.id, b.id));
}

/** Two copies of one person: the higher seniority and all roles. */
function merge(a: SnapshotPerson, b: SnapshotPerson): SnapshotPerson {
  return {
    id: a.id,
    seniority: seniorities.find((level) => level === a.seniority || level === b.seniority) ?? null,
    roles: buyingRoles.filter((role) => a.roles.includes(role) || b.roles.includes(role)),
  };
}
