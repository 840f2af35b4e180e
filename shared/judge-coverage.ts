import type { CommitteePersonView, CommitteeRoleView, CommitteeView, MappingDepth } from "./committee-api.ts";
import { roleTaxonomies, type TaxonomyKey } from "./role-taxonomies.ts";

/** Somebody who was said to have left, or whose emails bounce, covers no role. `bounces`: HubSpot's count of them, as text. */
export function goneOf(bounces: string | null | undefined, departed: boolean): CommitteePersonView["gone"] {
  if (departed) return "departed";
  return Number(bounces ?? 0) > 0 ? "bounced" : null;
}

/** Somebody of an account with the roles of the portal's taxonomy that they hold. */
export interface RoleHolder {
  readonly name: string;
  readonly roleKeys: readonly string[];
  readonly gone: boolean;
}

/** The same of a person as the card of the committee shows them. */
export const toHolder = ({ name, roles, gone }: CommitteePersonView): RoleHolder => {
  return { name, roleKeys: roles.map(({ key }) => key), gone: gone !== null };
};

/** A role that is known by a title or a category only. */
export interface NamedPlace {
  readonly roleKey: string;
  readonly depth: Exclude<MappingDepth, "person">;
  readonly named: string;
}

/** Which ways of knowing a role are close enough for each depth (row 75). */
const enough: Readonly<Record<MappingDepth, readonly MappingDepth[]>> = {
  person: ["person"],
  title: ["person", "title"],
  category: ["person", "title", "category"],
};

/** Covered roles at the depth that the tier asks for (metric 4; T27, T29). People who left or cannot be reached cover nothing. */
export function judgeCoverage(
  taxonomy: TaxonomyKey,
  depth: MappingDepth,
  holders: readonly RoleHolder[],
  places: readonly NamedPlace[],
): Pick<CommitteeView, "roles" | "coverage"> {
  const roles = roleTaxonomies[taxonomy].roles.map((role): CommitteeRoleView => {
    const { key, label, required, caresAbout } = role;
    const people = holders.filter((holder) => !holder.gone && holder.roleKeys.includes(key)).map(({ name }) => name);
    const named = places.filter((place) => place.roleKey === key && enough[depth].includes(place.depth));
    const by = [...people, ...named.map((place) => place.named)];
    return { key, label, required, caresAbout, covered: by.length > 0, by };
  });
  const required = roles.filter((role) => role.required);
  const missing = required.filter((role) => !role.covered).map((role) => role.label);
  return { roles, coverage: { covered: required.length - missing.length, required: required.length, missing } };
}
