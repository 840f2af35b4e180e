import type { Crm } from "../../crm.ts";
import {
  anyone,
  companiesOf,
  companyName,
  findOrMakePerson,
  isBlocker,
  makePersonAt,
  nameOf,
} from "./account-people.ts";
import type { CrmEvent, CrmEventContext } from "./crm-event.ts";

/** A company for a move or a merge, when the context names none. */
function otherCompany(crm: Crm, context: CrmEventContext, name: string): string {
  return (
    context.otherCompanyId ?? crm.create("companies", { name, industry: "COMPUTER_SOFTWARE", country: "United States" })
  );
}

const withoutRole = (role: string) => (properties: Record<string, string | null>) =>
  !isBlocker(properties) && !(properties.hs_buying_role ?? "").split(";").includes(role);

export const recordEvents: readonly CrmEvent[] = [
  {
    key: "property-change",
    label: "The company's headcount changes",
    description: "Number of employees goes to 650, or to 45 when it is 650 already.",
    play(crm, { companyId }) {
      const before = crm.get("companies", companyId)?.properties.numberofemployees ?? null;
      const after = before === "650" ? "45" : "650";
      crm.update("companies", companyId, { numberofemployees: after });
      const summary = `${companyName(crm, companyId)} went from ${before ?? "an unknown number of"} to ${after} employees`;
      return { touchedCompanies: [companyId], summary };
    },
  },
  {
    key: "new-contact",
    label: "A VP is added",
    description: "A new contact at the company: VP Operations, no role yet.",
    play(crm, { companyId }) {
      const person = makePersonAt(crm, companyId, { title: "VP Operations" });
      return {
        touchedCompanies: [companyId],
        summary: `${nameOf(person)}, was added to ${companyName(crm, companyId)}`,
      };
    },
  },
  {
    key: "role-set",
    label: "Someone becomes champion",
    description: "The buying role champion is added to a person who had another or none.",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, {
        title: "Director of Engineering",
        fits: withoutRole("CHAMPION"),
      });
      const roles = [...(person.properties.hs_buying_role?.split(";") ?? []), "CHAMPION"].filter(Boolean);
      crm.update("contacts", person.id, { hs_buying_role: roles.join(";") });
      return { touchedCompanies: companiesOf(crm, person.id), summary: `${nameOf(person)} is now a champion` };
    },
  },
  {
    key: "contact-moved",
    label: "Someone moves to another company",
    description: "A person leaves the company for another one; the primary link moves.",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, anyone);
      const target = otherCompany(crm, context, "Lochmarsh Software");
      const contact = { type: "contacts", id: person.id } as const;
      crm.associate(contact, { type: "companies", id: target }, true);
      crm.disassociate(contact, { type: "companies", id: context.companyId });
      const summary = `${nameOf(person)} moved from ${companyName(crm, context.companyId)} to ${companyName(crm, target)}`;
      return { touchedCompanies: [context.companyId, target], summary };
    },
  },
  {
    key: "merge",
    label: "A duplicate company is merged in",
    description: "Another record of the company, with one person, is merged. HubSpot gives the result a new id.",
    play(crm, context) {
      const name = companyName(crm, context.companyId);
      const duplicate = otherCompany(crm, context, `${name} Inc.`);
      if (!context.otherCompanyId)
        makePersonAt(crm, duplicate, { title: "Head of Platform", properties: { hs_buying_role: "INFLUENCER" } });
      const merged = crm.merge("companies", context.companyId, duplicate);
      return { touchedCompanies: [merged], summary: `${name} was merged with a duplicate; its new id is ${merged}` };
    },
  },
  {
    key: "contact-deleted",
    label: "A person is deleted",
    description: "A contact goes to the recycle bin and can come back.",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, anyone);
      const touchedCompanies = companiesOf(crm, person.id);
      crm.delete("contacts", person.id);
      return { touchedCompanies, summary: `${nameOf(person)} was deleted` };
    },
  },
  {
    key: "privacy-deletion",
    label: "A person is erased (privacy)",
    description: "A contact is erased for good; nothing of the person may stay anywhere.",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, anyone);
      const touchedCompanies = companiesOf(crm, person.id);
      crm.privacyDelete(person.id);
      return { touchedCompanies, summary: `Contact ${person.id} was erased on request` };
    },
  },
];
