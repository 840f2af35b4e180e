import type { MappingDepth } from "@touchstone/shared/committee-api.ts";
import type { FormView } from "@touchstone/shared/form-fields.ts";
import type { NamedPlace } from "@touchstone/shared/judge-coverage.ts";
import { roleTaxonomies, type TaxonomyKey } from "@touchstone/shared/role-taxonomies.ts";

/** What covers a role at each depth (row 75; T29). */
const notes: Readonly<Record<MappingDepth, string>> = {
  person:
    "In this account's tier only a person covers a role: what is entered here is kept, and covers it where the tier asks for less.",
  title: "In this account's tier a title covers a role; a category is kept and does not.",
  category: "In this account's tier a title or a category covers a role.",
};

/** The form for a role that is known by title or category, without a person (`mapPlace`). */
export function placeForm(taxonomy: TaxonomyKey, depth: MappingDepth, missing: readonly string[]): FormView {
  const roles = roleTaxonomies[taxonomy].roles.filter(({ required }) => required);
  const first = roles.find(({ label }) => missing.includes(label)) ?? roles[0];
  return {
    fields: [
      {
        key: "role",
        label: "Role",
        detail: "",
        kind: "choice",
        options: roles.map(({ key, label }) => ({ value: key, label })),
      },
      {
        key: "depth",
        label: "Known by",
        detail: "",
        kind: "choice",
        options: [
          { value: "title", label: "Title" },
          { value: "category", label: "Category" },
        ],
      },
      {
        key: "named",
        label: "What it is called",
        detail: "For example VP Finance, or Finance. Empty: not known any more.",
        kind: "text",
        options: [],
      },
    ],
    values: { role: first?.key ?? "", depth: depth === "category" ? "category" : "title", named: "" },
    note: notes[depth],
  };
}

/** "Approver: known by title, VP Finance" */
export const placeLines = (taxonomy: TaxonomyKey, places: readonly NamedPlace[]): string[] =>
  places.map(({ roleKey, depth, named }) => {
    const role = roleTaxonomies[taxonomy].roles.find(({ key }) => key === roleKey);
    return `${role?.label ?? roleKey}: known by ${depth}, ${named}`;
  });
