import { buyingRolesOf } from "@touchstone/shared/buying-roles-of.ts";
import { goneOf, judgeCoverage } from "@touchstone/shared/judge-coverage.ts";
import type { ReportCell } from "@touchstone/shared/reports-api.ts";
import { rolesUnder, roleTaxonomies, type TaxonomyKey } from "@touchstone/shared/role-taxonomies.ts";
import type { PlaceFacts, ProgrammeMember, RoleFacts } from "../db/report-facts.ts";
import { shareRow, type Tiered, tierCells, tierColumns, type Worded } from "./report-cells.ts";

export interface CommitteeFacts extends Tiered {
  readonly taxonomy: TaxonomyKey;
  readonly roles: readonly RoleFacts[];
  readonly places: readonly PlaceFacts[];
}

/** Whether the committees are known, at the depth of each tier (metric 4). */
export function writeCommittees(facts: CommitteeFacts): Worded {
  const covered = coveredRoles(facts);
  const required = roleTaxonomies[facts.taxonomy].roles.filter((role) => role.required);
  const depths = facts.tiers.map(({ name, mappingDepth }) => `by ${mappingDepth} in ${name}`).join(", ");
  return {
    title: "Are the buying committees known?",
    columns: tierColumns(facts),
    rows: [
      {
        key: "coverage",
        label: "Roles covered",
        definition: `The mean over the accounts of covered roles ÷ the ${required.length} roles that are looked for: ${required.map(({ label }) => label.toLowerCase()).join(", ")}. A role has to be known ${depths}. Who left or cannot be reached covers nothing.`,
        cells: tierCells(facts, (members) => coverageCell(members, covered, required.length)),
      },
      shareRow(facts, {
        key: "complete",
        label: "Complete committees",
        definition: "Accounts with all of these roles covered ÷ all accounts in a tier now.",
        counts: ({ accountId }) => covered.get(accountId) === required.length,
      }),
    ],
    chart: null,
    notes: [],
  };
}

/** Every account looks for the same roles, so the mean of the shares is the share of the sums. */
function coverageCell(
  members: readonly ProgrammeMember[],
  covered: ReadonlyMap<string, number>,
  required: number,
): ReportCell {
  if (members.length === 0) return { value: "n/a (0 of 0)", note: "" };
  const found = members.reduce((sum, { accountId }) => sum + (covered.get(accountId) ?? 0), 0);
  const places = members.length * required;
  const accounts = `${members.length} ${members.length === 1 ? "account" : "accounts"}`;
  return { value: `${Math.round((100 * found) / places)} %`, note: `${found} of ${places} roles, ${accounts}` };
}

/** How many of the required roles each account has covered. */
function coveredRoles({ tiers, members, taxonomy, roles, places }: CommitteeFacts): Map<string, number> {
  const people = Map.groupBy(roles, ({ accountId }) => accountId);
  const named = Map.groupBy(places, ({ accountId }) => accountId);
  const depthOf = new Map(tiers.map(({ key, mappingDepth }) => [key, mappingDepth]));
  return new Map(
    members.map(({ accountId, tier }) => {
      const holders = (people.get(accountId) ?? []).map((person) => ({
        name: "",
        roleKeys: rolesUnder(taxonomy, person.roles ?? [], buyingRolesOf(person.buyingRole)).map(({ key }) => key),
        gone: goneOf(person.bounces, person.departed === true) !== null,
      }));
      const byName = (named.get(accountId) ?? []).flatMap((place) =>
        rolesUnder(taxonomy, [place], []).map(({ key }) => ({ roleKey: key, depth: place.depth, named: place.named })),
      );
      const { coverage } = judgeCoverage(taxonomy, depthOf.get(tier) ?? "category", holders, byName);
      return [accountId, coverage.covered];
    }),
  );
}
