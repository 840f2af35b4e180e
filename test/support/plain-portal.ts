import type { SeedData, SeedRecord } from "../../hubspot-stand-in/seed-data.ts";

export const companyIdAt = (index: number): string => String(4_000_000_000 + index);
export const personIdAt = (index: number): string => String(5_000_000_000 + index);

export interface PlainPortalOptions {
  readonly portalId: number;
  readonly companies: number;
  /** Person `n` belongs to company `n / peopleEach`. */
  readonly peopleEach: number;
  readonly nowAt: number;
}

/** Companies that are all alike, with as many people each, and nothing that happened: a test makes its own changes. */
export function plainPortal({ portalId, companies, peopleEach, nowAt }: PlainPortalOptions): SeedData {
  const base = { createdAt: nowAt - 1e9, updatedAt: nowAt - 1e9 };
  const records: SeedRecord[] = [];
  for (let company = 0; company < companies; company++) {
    const id = companyIdAt(company);
    const properties = { name: `Company ${company}`, numberofemployees: "30", phone: "+34 600 000 000" };
    records.push({ ...base, type: "companies", id, properties });
    for (let person = 0; person < peopleEach; person++) {
      const own = personIdAt(company * peopleEach + person);
      const links = [{ type: "companies", id, primary: true } as const];
      records.push({ ...base, type: "contacts", id: own, properties: { jobtitle: "Analyst" }, links });
    }
  }
  return {
    portal: { portalId, name: `Portal ${portalId}`, timeZone: "Europe/Madrid", currency: "EUR" },
    owners: [{ id: "1", userId: 1, email: "o@example.com", firstName: "O", lastName: "O" }],
    records: [records],
  };
}
