import { buyingRolesOf } from "@touchstone/shared/buying-roles-of.ts";
import { goneOf } from "@touchstone/shared/judge-coverage.ts";
import { rolesUnder, type TaxonomyKey } from "@touchstone/shared/role-taxonomies.ts";
import type { RoleFacts } from "../db/report-facts.ts";

/** Somebody of an account with the roles that they hold by the portal's taxonomy. */
export interface CommitteeMember extends Pick<RoleFacts, "accountId" | "personId" | "influence" | "levelJudged"> {
  readonly roleKeys: readonly string[];
  /** Left, or cannot be reached. */
  readonly gone: boolean;
}

export const holdersOf = (taxonomy: TaxonomyKey, roles: readonly RoleFacts[]): CommitteeMember[] =>
  roles.map(({ accountId, personId, influence, levelJudged, ...person }) => ({
    accountId,
    personId,
    influence,
    levelJudged,
    roleKeys: rolesUnder(taxonomy, person.roles ?? [], buyingRolesOf(person.buyingRole)).map(({ key }) => key),
    gone: goneOf(person.bounces, person.departed === true) !== null,
  }));

/** Who plays a part and is still there. */
export const membersOf = (taxonomy: TaxonomyKey, roles: readonly RoleFacts[]): CommitteeMember[] =>
  holdersOf(taxonomy, roles).filter(({ roleKeys, gone }) => !gone && roleKeys.length > 0);
