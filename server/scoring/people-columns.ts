import { type BuyingRole, buyingRoles, type SnapshotPerson, seniorities } from "@touchstone/shared/account-snapshot.ts";
import { none } from "./score-record.ts";

/** The people of one account in the form in which criteria read them. */
export interface PeopleColumns {
  /** By id. A person's number is the place here and in the lists below. */
  readonly list: readonly SnapshotPerson[];
  /** Place in `seniorities`, or `none`. */
  readonly levels: readonly number[];
  /** Bit n is set for the role with place n in `buyingRoles`. */
  readonly roles: readonly number[];
}

export function readPeople(people: readonly SnapshotPerson[]): PeopleColumns {
  const levels: number[] = [];
  const roles: number[] = [];
  for (const person of people) {
    levels.push(person.seniority === null ? none : seniorities.indexOf(person.seniority));
    roles.push(roleBits(person.roles));
  }
  return { list: people, levels, roles };
}

export function roleBits(roles: readonly BuyingRole[]): number {
  let bits = 0;
  for (const role of roles) bits |= 1 << buyingRoles.indexOf(role);
  return bits;
}
