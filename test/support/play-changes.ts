import type { Crm } from "../../hubspot-stand-in/crm.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";

const dayMs = 86_400_000;

/**
 * One change of every kind, at once, on companies of the showcase. Whatever can end up in a snapshot is dated from `nowAt`
 * and not from the clock, so that two portals with the same changes have the same results. Returns the merged company.
 */
export function playChanges(crm: Crm, nowAt: number): string {
  const at = (daysAgo: number) => new Date(nowAt - daysAgo * dayMs).toISOString();
  const { justUnderTier2, headOffice, empty, lukewarm, hot, messy, duplicateA, duplicateB, cold } = showcase;
  // A CTO asks for a demo. What HubSpot counts by itself may or may not fire; the date of the conversion does.
  const cto = justUnderTier2.people.cto;
  crm.updateSilently("contacts", cto, { hs_analytics_num_visits: "4", hs_analytics_num_page_views: "12" });
  crm.update("contacts", cto, {
    recent_conversion_event_name: "Demo request",
    recent_conversion_date: at(0.1),
    hs_analytics_last_visit_timestamp: at(0.1),
  });
  crm.update("companies", messy.id, { numberofemployees: "650", industry: "COMPUTER_SOFTWARE" });
  crm.update("contacts", lukewarm.people.vp, {
    hs_buying_role: "CHAMPION;DECISION_MAKER",
    hs_email_last_open_date: at(1),
  });
  const mover = { type: "contacts", id: headOffice.people.champion } as const;
  crm.associate(mover, { type: "companies", id: empty.id }, true);
  crm.disassociate(mover, { type: "companies", id: headOffice.id });
  crm.create("contacts", { firstname: "Ana", jobtitle: "VP Operations", hs_email_last_click_date: at(2) }, [
    { type: "companies", id: lukewarm.id, primary: true },
  ]);
  for (const deal of crm.linked({ type: "companies", id: hot.id }, "deals"))
    crm.update("deals", deal, { dealstage: "closedwon", amount: "40000", closedate: at(1) });
  crm.delete("contacts", lukewarm.people.manager);
  crm.privacyDelete(hot.people.cto);
  crm.delete("companies", cold.id);
  return crm.merge("companies", duplicateA.id, duplicateB.id);
}
