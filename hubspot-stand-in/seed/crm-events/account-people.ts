import type { Crm } from "../../crm.ts";
import { addressOf, type PersonName } from "../person-names.ts";
import type { CrmEventContext } from "./crm-event.ts";

type CrmRecord = NonNullable<ReturnType<Crm["get"]>>;

/** Newcomers of the events, so that a second one at a company has another name. */
const newcomers: readonly PersonName[] = [
  { first: "Ana", last: "Ruiz" },
  { first: "Omar", last: "Haddad" },
  { first: "Astrid", last: "Holm" },
  { first: "Rohan", last: "Saxena" },
  { first: "Naoko", last: "Arai" },
  { first: "Julien", last: "Perrin" },
];

export function peopleOf(crm: Crm, companyId: string): CrmRecord[] {
  return crm.linked({ type: "companies", id: companyId }, "contacts").flatMap((id) => crm.get("contacts", id) ?? []);
}

export const companiesOf = (crm: Crm, personId: string): string[] =>
  crm.linked({ type: "contacts", id: personId }, "companies");

export function nameOf(person: CrmRecord): string {
  const { firstname, lastname, jobtitle } = person.properties;
  const name = [firstname, lastname].filter(Boolean).join(" ") || "Someone";
  return jobtitle ? `${name}, ${jobtitle}` : name;
}

export const companyName = (crm: Crm, companyId: string): string =>
  crm.get("companies", companyId)?.properties.name?.trim() || `company ${companyId}`;

/** HubSpot refuses a second contact with the same address. */
function freeEmail(crm: Crm, name: PersonName, domain: string): string {
  for (let count = 1; ; count++) {
    const email = `${addressOf(name)}${count === 1 ? "" : count}@${domain}`;
    if (crm.find("contacts", { email }).length === 0) return email;
  }
}

function mustGet(crm: Crm, id: string): CrmRecord {
  const person = crm.get("contacts", id);
  if (!person) throw new Error(`The contact ${id} was created and cannot be read.`);
  return person;
}

export interface PersonWish {
  title: string;
  /** Who would do as well; without it a person is always made. */
  fits?: (properties: CrmRecord["properties"]) => boolean;
  properties?: Record<string, string>;
}

export function makePersonAt(crm: Crm, companyId: string, { title, properties = {} }: PersonWish): CrmRecord {
  const here = peopleOf(crm, companyId);
  const name = newcomers[here.length % newcomers.length] ?? { first: "Ana", last: "Ruiz" };
  const domain = crm.get("companies", companyId)?.properties.domain ?? `company-${companyId}.example`;
  const id = crm.create(
    "contacts",
    {
      firstname: name.first,
      lastname: name.last,
      email: freeEmail(crm, name, domain),
      jobtitle: title,
      lifecyclestage: "lead",
      ...properties,
    },
    [{ type: "companies", id: companyId, primary: true }],
  );
  return mustGet(crm, id);
}

/** The first person of the company who fits the wish, else a new one. */
export function findOrMakePerson(crm: Crm, { companyId }: CrmEventContext, wish: PersonWish): CrmRecord {
  const { fits } = wish;
  const known = fits ? peopleOf(crm, companyId).find((person) => fits(person.properties)) : undefined;
  return known ?? makePersonAt(crm, companyId, wish);
}

export const isBlocker = (properties: CrmRecord["properties"]): boolean =>
  properties.hs_buying_role?.split(";").includes("BLOCKER") ?? false;

/** A person whose engagement counts. */
export const anyone: PersonWish = { title: "Director of Operations", fits: (properties) => !isBlocker(properties) };

export const aCto: PersonWish = {
  title: "CTO",
  fits: (properties) => /\bCTO\b|chief technology/i.test(properties.jobtitle ?? "") && !isBlocker(properties),
  properties: { hs_buying_role: "DECISION_MAKER" },
};
