import type { Crm } from "../../hubspot-stand-in/crm.ts";
import { companyIdAt } from "./plain-portal.ts";

/** A user's import: the first `companies` of a plain portal get another number of employees, all in one moment. */
export function resizeAll(crm: Crm, companies: number, employees: string): void {
  for (let index = 0; index < companies; index++)
    crm.update("companies", companyIdAt(index), { numberofemployees: employees });
}
