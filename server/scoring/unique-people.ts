import { buyingRoles, type SnapshotPerson, seniorities } from "@touchstone/shared/account-snapshot.ts";

/** The members of an account, each once and with roles in canonical order, whatever the order of the list. */
export function uniquePeople(people: readonly SnapshotPerson[]): Map<string, SnapshotPerson> {
  const byId = new Map<string, SnapshotPerson>();
  for (const person of people) {
    const known = byId.get(person.id);
    byId.set(person.id, known === undefined ? inRoleOrder(person) : merge(known, person));
  }
  return byId;
}

function inRoleOrder(person: SnapshotPerson): SnapshotPerson {
  return person.roles.length < 2 ? person : merge(person, person);
}

/** Two copies of one person: the higher seniority and all roles. */
function merge(a: SnapshotPerson, b: SnapshotPerson): SnapshotPerson {
  return {
    id: a.id,
    seniority: seniorities.find((level) => level === a.seniority || level === b.seniority) ?? null,
    roles: buyingRoles.filter((role) => a.roles.includes(role) || b.roles.includes(role)),
  };
}
