import type { CompanyBundle } from "./company-bundle.ts";
import { owners } from "./owners.ts";
import { showcase } from "./showcase.ts";
import { aliveCompanies } from "./showcase-alive.ts";
import { hotCompany } from "./showcase-hot.ts";
import { oddCompanies } from "./showcase-odd.ts";
import { showcasePerson } from "./showcase-person.ts";
import { factsFrom } from "./showcase-spec.ts";

const dayMs = 86_400_000;

const domainOf = (name: string) =>
  `${name
    .trim()
    .toLowerCase()
    .replace(/ inc\.$/, "")
    .replace(/[^a-z]+/g, "-")}.example`;

/** The showcase companies as of `nowAt`, in the order in which their links allow. */
export function showcaseBundles(nowAt: number): CompanyBundle[] {
  const facts = factsFrom(nowAt);
  return [hotCompany, ...aliveCompanies, ...oddCompanies].map((specOf) => {
    const { key, properties, people, deals = [], activities = [] } = specOf(facts);
    const { id, name } = showcase[key];
    const domain = domainOf(name);
    const ownerId = key === "messy" ? null : (owners[0]?.id ?? null);
    const basics = { domain, website: `https://www.${domain}`, hubspot_owner_id: ownerId };
    return {
      id,
      createdAt: nowAt - 400 * dayMs,
      properties: { name, ...(key === "empty" ? {} : basics), ...properties },
      people: people.map((person) => showcasePerson(person, domain, ownerId, nowAt)),
      deals,
      activities,
    };
  });
}
