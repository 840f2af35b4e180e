import type { FormField, FormValues } from "@touchstone/shared/form-fields.ts";
import { roleTaxonomies, type TaxonomyKey } from "@touchstone/shared/role-taxonomies.ts";
import type { CommitteeMember } from "../../db/committees.ts";

/** What a person may say of somebody of a committee: the fields of `mapPerson` (rows 77, 109 and 142). */
export function personForm(taxonomy: TaxonomyKey): FormField[] {
  const roles = roleTaxonomies[taxonomy].roles.map(({ key, label, caresAbout }) => {
    return { value: key, label: caresAbout === null ? label : `${label}: ${caresAbout}` };
  });
  return [
    {
      key: "roles",
      label: "Roles in the purchase",
      detail: "None: the role is not known. Beside each stands what the message begins with.",
      kind: "choices",
      options: roles,
    },
    { key: "influence", label: "Influence on the decision", detail: "", kind: "choice", options: influences },
    { key: "sentiment", label: "What they think of us", detail: "", kind: "choice", options: sentiments },
    {
      key: "advocating",
      label: "Do they speak for us inside?",
      detail: "Yes makes their level 5: no event shows it.",
      kind: "choice",
      options: [
        { value: false, label: "Not that we know" },
        { value: true, label: "Yes, they advocate for us" },
      ],
    },
    {
      key: "departed",
      label: "Are they still at the company?",
      detail: "Somebody who has left covers no role.",
      kind: "choice",
      options: [
        { value: false, label: "Yes" },
        { value: true, label: "No, they have left" },
      ],
    },
  ];
}

const notJudged = { value: "", label: "Not judged" };
const influences = [
  notJudged,
  { value: 1, label: "1 of 5: hardly any" },
  { value: 2, label: "2 of 5: is heard" },
  { value: 3, label: "3 of 5: has a say" },
  { value: 4, label: "4 of 5: others follow" },
  { value: 5, label: "5 of 5: decides" },
];
const sentiments = [
  notJudged,
  { value: -2, label: "−2: against us" },
  { value: -1, label: "−1: doubts" },
  { value: 0, label: "0: neutral" },
  { value: 1, label: "+1: likes us" },
  { value: 2, label: "+2: wants us" },
];

/** What the form says at first: what stands. */
export const personValues = (
  roles: readonly { readonly key: string }[],
  member: CommitteeMember | null,
): FormValues => ({
  roles: roles.map(({ key }) => key),
  influence: member?.influence ?? "",
  sentiment: member?.sentiment ?? "",
  advocating: member?.levelJudged === 5,
  departed: member?.departed === true,
});

/** "Influence 4 of 5. +1: likes us." Empty when nobody has judged. */
export function judgedText(person: { readonly influence: number | null; readonly sentiment: number | null }): string {
  const words = [
    person.influence === null ? null : `influence ${person.influence} of 5`,
    sentiments.find(({ value }) => value === person.sentiment)?.label ?? null,
  ];
  return words.filter((word) => word !== null).join(", ");
}
