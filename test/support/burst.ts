import type { Crm } from "../../hubspot-stand-in/crm.ts";
import { companyIdAt, personIdAt } from "./plain-portal.ts";

export interface BurstOptions {
  readonly companies: number;
  readonly peopleEach: number;
  readonly nowAt: number;
}

/**
 * Changes one after the other, each one event or a few: about four for each person. What is dated is set once, since a
 * contact shows the last time only. The same options give the same changes.
 */
export function burstChanges(crm: Crm, { companies, peopleEach, nowAt }: BurstOptions): (() => void)[] {
  const changes: (() => void)[] = [];
  for (let person = 0; person < companies * peopleEach; person++) {
    const [own, company] = [personIdAt(person), Math.floor(person / peopleEach)];
    const at = new Date(nowAt - (1 + (person % 40)) * 3_600_000).toISOString();
    const update = (properties: Record<string, string>) => changes.push(() => crm.update("contacts", own, properties));
    update({ hs_email_last_open_date: at });
    update({ jobtitle: person % 3 === 0 ? "Chief Technology Officer" : "Head of Platform" });
    if (person % 2 === 0) update({ hs_buying_role: person % 4 === 0 ? "CHAMPION" : "DECISION_MAKER" });
    if (person % 10 === 0) update({ recent_conversion_event_name: "Demo request", recent_conversion_date: at });
    if (person % peopleEach === 0)
      changes.push(() =>
        crm.update("companies", companyIdAt(company), {
          numberofemployees: String(20 + company * 7),
          industry: "COMPUTER_SOFTWARE",
        }),
      );
    if (person % 25 === 0 && company + 1 < companies)
      changes.push(() =>
        crm.associate({ type: "contacts", id: own }, { type: "companies", id: companyIdAt(company + 1) }, true),
      );
    // Again, so that a record changes while it is being read.
    if (person % 2 === 1) update({ jobtitle: "VP Engineering" });
  }
  return changes;
}
