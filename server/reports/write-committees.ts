import { judgeCoverage } from "@touchstone/shared/judge-coverage.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportCell, ReportRow } from "@touchstone/shared/reports-api.ts";
import { rolesUnder, roleTaxonomies, type TaxonomyKey } from "@touchstone/shared/role-taxonomies.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { PlaceFacts, ProgrammeMember, RoleFacts } from "../db/report-facts.ts";
import { type CommitteeMember, holdersOf } from "./committee-members.ts";
import { proportionCell, shareRow, type Tiered, tierCells, tierColumns, type Worded } from "./report-cells.ts";

export interface CommitteeFacts extends Tiered {
  readonly taxonomy: TaxonomyKey;
  readonly roles: readonly RoleFacts[];
  readonly places: readonly PlaceFacts[];
  /** Members whose level is known, and how many there are in all. */
  readonly levels: readonly (CommitteeMember & { readonly level: number })[];
  readonly people: number;
  /** People with whom somebody talked in the period. */
  readonly talkedWith: ReadonlySet<string>;
  readonly from: number;
  readonly format: ReaderFormat;
}

/** Whether the committees are known, at the depth of each tier, how far they have come, and whether we talk (metrics 4, 4b and 5). */
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
      ...levelRows(facts),
      conversationRow(
        facts,
        required.map(({ key }) => key),
      ),
    ],
    chart: null,
    notes:
      facts.levels.length < facts.people
        ? [`Levels and conversations: counted are ${facts.levels.length} of ${facts.people} people with a role.`]
        : [],
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

/** Nobody said how much a person counts: as much as the middle of 1 to 5; ours. */
const usualInfluence = 3;

function levelRows(facts: CommitteeFacts): ReportRow[] {
  const byAccount = Map.groupBy(facts.levels, ({ accountId }) => accountId);
  const cells = (cellOf: (people: CommitteeFacts["levels"]) => ReportCell) =>
    tierCells(facts, (members) => cellOf(members.flatMap(({ accountId }) => byAccount.get(accountId) ?? [])));
  return [
    {
      key: "level-3",
      label: "People at level 3 or more",
      definition:
        "People who replied, talked with us, or went further ÷ people with a role who have not left and can be reached.",
      cells: cells((people) =>
        proportionCell(toProportion(people.filter(({ level }) => level >= 3).length, people.length)),
      ),
    },
    {
      key: "mean-level",
      label: "Mean level",
      definition: `Of the same people, 0 (nothing seen in 180 days) to 5, weighted by their influence; ${usualInfluence} where nobody said it.`,
      cells: cells(meanLevelCell),
    },
  ];
}

function meanLevelCell(people: CommitteeFacts["levels"]): ReportCell {
  if (people.length === 0) return { value: "n/a (0 of 0)", note: "" };
  const weight = (influence: number | null) => influence ?? usualInfluence;
  const weights = people.reduce((sum, { influence }) => sum + weight(influence), 0);
  const levels = people.reduce((sum, { level, influence }) => sum + level * weight(influence), 0);
  return { value: (levels / weights).toFixed(1), note: `${levels} ÷ ${weights}, ${people.length} people` };
}

function conversationRow(facts: CommitteeFacts, required: readonly string[]): ReportRow {
  const talked = facts.levels.filter(
    ({ personId, roleKeys }) => facts.talkedWith.has(personId) && roleKeys.some((key) => required.includes(key)),
  );
  const accounts = new Set(talked.map(({ accountId }) => accountId));
  return shareRow(facts, {
    key: "conversations",
    label: "Qualified conversations",
    definition: `Accounts of which a person in one of these roles met us, or talked with us on the phone for ten minutes or more, since ${facts.format.day(facts.from)} ÷ all accounts in a tier now. Each account counts once.`,
    counts: ({ accountId }) => accounts.has(accountId),
  });
}

/** How many of the required roles each account has covered. */
function coveredRoles({ tiers, members, taxonomy, roles, places }: CommitteeFacts): Map<string, number> {
  const people = Map.groupBy(holdersOf(taxonomy, roles), ({ accountId }) => accountId);
  const named = Map.groupBy(places, ({ accountId }) => accountId);
  const depthOf = new Map(tiers.map(({ key, mappingDepth }) => [key, mappingDepth]));
  return new Map(
    members.map(({ accountId, tier }) => {
      const holders = (people.get(accountId) ?? []).map(({ roleKeys, gone }) => ({ name: "", roleKeys, gone }));
      const byName = (named.get(accountId) ?? []).flatMap((place) =>
        rolesUnder(taxonomy, [place], []).map(({ key }) => ({ roleKey: key, depth: place.depth, named: place.named })),
      );
      const { coverage } = judgeCoverage(taxonomy, depthOf.get(tier) ?? "category", holders, byName);
      return [accountId, coverage.covered];
    }),
  );
}
