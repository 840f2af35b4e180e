import type { Crm } from "../../crm.ts";
import { isoTime } from "../iso-time.ts";
import { aCto, anyone, companiesOf, findOrMakePerson, nameOf, type PersonWish } from "./account-people.ts";
import { markSalesActivity, moveCounters } from "./counters.ts";
import type { CrmEvent, CrmEventContext, CrmEventResult } from "./crm-event.ts";
import { bookMeeting } from "./sales-events.ts";

const site = "https://www.larkfield.example";

interface Visit {
  path: string;
  pages: number;
  /** The form that was filled in on the visit. */
  form?: string;
}

function visit(crm: Crm, context: CrmEventContext, personId: string, { path, pages, form }: Visit): string[] {
  const at = isoTime(context.nowAt);
  const companyIds = companiesOf(crm, personId);
  const web = { hs_analytics_num_visits: 1, hs_analytics_num_page_views: pages };
  const conversion = form ? { recent_conversion_event_name: form, recent_conversion_date: at } : {};
  const conversionStep = form ? { num_conversion_events: 1 } : {};
  moveCounters(
    crm,
    context,
    personId,
    { ...web, ...conversionStep },
    {
      hs_analytics_last_visit_timestamp: at,
      hs_analytics_last_timestamp: at,
      hs_analytics_last_url: `${site}${path}`,
      ...conversion,
    },
  );
  if (form) markSalesActivity(crm, personId, companyIds, "FORM_SUBMITTED", context.nowAt);
  return companyIds;
}

function playVisit(wish: PersonWish, seen: Visit, what: string) {
  return (crm: Crm, context: CrmEventContext): CrmEventResult => {
    const person = findOrMakePerson(crm, context, wish);
    const touchedCompanies = visit(crm, context, person.id, seen);
    return { touchedCompanies, summary: `${nameOf(person)} ${what}` };
  };
}

export const webEvents: readonly CrmEvent[] = [
  {
    key: "demo-request",
    label: "A CTO books a demo",
    description: "A CTO fills in the demo form and picks a time: a conversion and a booked meeting.",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, aCto);
      const touchedCompanies = visit(crm, context, person.id, { path: "/demo", pages: 3, form: "Demo request" });
      bookMeeting(crm, context, person.id, "Product demo");
      return { touchedCompanies, summary: `${nameOf(person)} asked for a demo and booked a time` };
    },
  },
  {
    key: "pricing-visit",
    label: "Someone looks at pricing",
    description: "A visit of four pages that ends on the pricing page. No form, so only counters move.",
    play: playVisit(anyone, { path: "/pricing", pages: 4 }, "looked at the pricing page"),
  },
  {
    key: "content-download",
    label: "Someone downloads the buyer's guide",
    description: "A form behind which a document lies.",
    play: playVisit(
      anyone,
      { path: "/guides/buyers-guide", pages: 2, form: "Content download: Buyer's guide" },
      "downloaded the buyer's guide",
    ),
  },
  {
    key: "webinar-attended",
    label: "Someone attends the webinar",
    description: "Attendance as the webinar tool reports it: a conversion with the webinar's name.",
    play: playVisit(
      anyone,
      { path: "/webinars/rollout-in-30-days", pages: 1, form: "Webinar attended: Rollout in 30 days" },
      "attended the webinar",
    ),
  },
];
