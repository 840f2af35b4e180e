import type { Crm } from "../../crm.ts";
import { isoTime } from "../iso-time.ts";
import { anyone, companiesOf, companyName, findOrMakePerson, nameOf } from "./account-people.ts";
import { markSalesActivity } from "./counters.ts";
import type { CrmEvent, CrmEventContext } from "./crm-event.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Links = NonNullable<Parameters<Crm["create"]>[2]>;

/** A person with all of their companies, as HubSpot links an activity by itself. */
const linksOf = (personId: string, companyIds: readonly string[]): Links => [
  { type: "contacts", id: personId },
  ...companyIds.map((id) => ({ type: "companies" as const, id })),
];

/** A meeting two days ahead. Returns the person's companies. */
export function bookMeeting(crm: Crm, context: CrmEventContext, personId: string, title: string): string[] {
  const companyIds = companiesOf(crm, personId);
  const startAt = context.nowAt + 2 * dayMs;
  crm.create(
    "meetings",
    {
      hs_timestamp: isoTime(startAt),
      hs_meeting_title: title,
      hs_meeting_start_time: isoTime(startAt),
      hs_meeting_end_time: isoTime(startAt + hourMs / 2),
      hs_meeting_outcome: "SCHEDULED",
      hs_activity_type: title,
    },
    linksOf(personId, companyIds),
  );
  markSalesActivity(crm, personId, companyIds, "MEETING_BOOKED", context.nowAt, {
    engagements_last_meeting_booked: isoTime(context.nowAt),
  });
  for (const id of companyIds) {
    crm.updateSilently("companies", id, {
      hs_last_booked_meeting_date: isoTime(context.nowAt),
      hs_latest_meeting_activity: isoTime(startAt),
    });
  }
  return companyIds;
}

function createDeal(crm: Crm, context: CrmEventContext): string {
  return crm.create(
    "deals",
    {
      dealname: `${companyName(crm, context.companyId)}: new business`,
      pipeline: "default",
      dealstage: "qualifiedtobuy",
      amount: "32000",
      closedate: isoTime(context.nowAt + 60 * dayMs),
    },
    [{ type: "companies", id: context.companyId, primary: true }],
  );
}

function openDeal(crm: Crm, companyId: string): string | undefined {
  return crm
    .linked({ type: "companies", id: companyId }, "deals")
    .find((id) => !/^closed(won|lost)$/.test(crm.get("deals", id)?.properties.dealstage ?? "closedlost"));
}

export const salesEvents: readonly CrmEvent[] = [
  {
    key: "meeting-booked",
    label: "Someone books a meeting",
    description: "A meeting two days ahead with one person of the company.",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, anyone);
      const touchedCompanies = bookMeeting(crm, context, person.id, "Discovery call");
      return { touchedCompanies, summary: `${nameOf(person)} booked a meeting` };
    },
  },
  {
    key: "reply",
    label: "Someone replies to an email",
    description: "An incoming one-to-one email.",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, anyone);
      const touchedCompanies = companiesOf(crm, person.id);
      const at = isoTime(context.nowAt);
      crm.create(
        "emails",
        {
          hs_timestamp: at,
          hs_email_direction: "INCOMING_EMAIL",
          hs_email_status: "SENT",
          hs_email_subject: "Re: next steps",
        },
        linksOf(person.id, touchedCompanies),
      );
      markSalesActivity(crm, person.id, touchedCompanies, "EMAIL_REPLY", context.nowAt, {
        hs_sales_email_last_replied: at,
      });
      return { touchedCompanies, summary: `${nameOf(person)} replied to an email` };
    },
  },
  {
    key: "call-logged",
    label: "The owner calls someone",
    description: "An outgoing call that was answered, logged with one person: a human reached out.",
    play(crm, context) {
      const person = findOrMakePerson(crm, context, anyone);
      const touchedCompanies = companiesOf(crm, person.id);
      const at = isoTime(context.nowAt);
      crm.create(
        "calls",
        {
          hs_timestamp: at,
          hs_call_title: "Call",
          hs_call_direction: "OUTBOUND",
          hs_call_status: "COMPLETED",
          hs_call_duration: "420000",
        },
        linksOf(person.id, touchedCompanies),
      );
      for (const id of touchedCompanies) crm.updateSilently("companies", id, { notes_last_contacted: at });
      return { touchedCompanies, summary: `The owner called ${nameOf(person)}` };
    },
  },
  {
    key: "deal-created",
    label: "A deal is created",
    description: "An open deal of 32,000 in the second stage.",
    play(crm, context) {
      createDeal(crm, context);
      return {
        touchedCompanies: [context.companyId],
        summary: `A deal with ${companyName(crm, context.companyId)} was created`,
      };
    },
  },
  {
    key: "deal-won",
    label: "A deal is won",
    description: "The company's open deal, or a new one, is closed as won.",
    play(crm, context) {
      const id = openDeal(crm, context.companyId) ?? createDeal(crm, context);
      crm.update("deals", id, { dealstage: "closedwon", closedate: isoTime(context.nowAt) });
      const companyIds = crm.linked({ type: "deals", id }, "companies");
      return {
        touchedCompanies: companyIds,
        summary: `${crm.get("deals", id)?.properties.dealname ?? "A deal"} was won`,
      };
    },
  },
];
