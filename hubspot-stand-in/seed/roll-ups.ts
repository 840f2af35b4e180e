import type { ActivityDraft, CompanyBundle, PersonDraft } from "./company-bundle.ts";
import { isoTime } from "./seed-record.ts";

type Properties = Record<string, string | null>;

const newest = (times: (number | null | undefined)[]): number | null => {
  const known = times.filter((at): at is number => typeof at === "number");
  return known.length === 0 ? null : Math.max(...known);
};
const time = (name: string, at: number | null): Properties => (at === null ? {} : { [name]: isoTime(at) });

const isReply = (activity: ActivityDraft) => activity.properties.hs_email_direction === "INCOMING_EMAIL";
const isOutbound = (activity: ActivityDraft) =>
  activity.type === "calls" || activity.type === "communications" || (activity.type === "emails" && !isReply(activity));

/** What sales activity adds to a record: the same names on contacts and companies (hubspot-api.md §5.1, §5.2). */
function activityRollUp(activities: readonly ActivityDraft[]): Properties {
  const touched = activities.filter((activity) => activity.type !== "tasks" && activity.type !== "notes");
  const contacted = newest(touched.filter(isOutbound).map((activity) => activity.at));
  return {
    ...time("hs_sales_email_last_replied", newest(touched.filter(isReply).map((activity) => activity.at))),
    ...time("notes_last_contacted", contacted),
    ...(touched.length > 0
      ? { num_notes: String(touched.length), num_contacted_notes: String(touched.filter(isOutbound).length) }
      : {}),
  };
}

/** The newest thing a person did that HubSpot counts as sales activity, and its name in HubSpot. */
function lastSalesActivity(person: PersonDraft, activities: readonly ActivityDraft[]): Properties {
  const { lastOpenAt, lastClickAt, lastReplyAt, lastConversion } = person.engagement;
  const candidates: [string, number | null][] = [
    ["EMAIL_OPEN", lastOpenAt],
    ["EMAIL_CLICK", lastClickAt],
    ["EMAIL_REPLY", newest([lastReplyAt, ...activities.filter(isReply).map((activity) => activity.at)])],
    ["FORM_SUBMITTED", lastConversion?.at ?? null],
    [
      "MEETING_BOOKED",
      newest(activities.filter((activity) => activity.type === "meetings").map((activity) => activity.loggedAt)),
    ],
  ];
  const known = candidates.filter((entry): entry is [string, number] => entry[1] !== null);
  const last = known.sort((a, b) => b[1] - a[1])[0];
  return last ? { hs_last_sales_activity_type: last[0], hs_last_sales_activity_timestamp: isoTime(last[1]) } : {};
}

export function personRollUp(person: PersonDraft, activities: readonly ActivityDraft[]): Properties {
  const own = activities.filter((activity) => activity.personIds.includes(person.id));
  return { ...activityRollUp(own), ...lastSalesActivity(person, own) };
}

function webRollUp(people: readonly PersonDraft[]): Properties {
  const sum = (read: (person: PersonDraft) => number) => people.reduce((total, person) => total + read(person), 0);
  const lastVisitAt = newest(people.map((person) => person.engagement.lastVisitAt));
  const last = people.flatMap((person) => person.engagement.lastConversion ?? []).sort((a, b) => b.at - a.at)[0];
  return {
    ...(lastVisitAt === null
      ? {}
      : {
          hs_analytics_num_visits: String(sum((person) => person.engagement.visits)),
          hs_analytics_num_page_views: String(sum((person) => person.engagement.pages)),
          hs_analytics_last_visit_timestamp: isoTime(lastVisitAt),
        }),
    ...(last
      ? {
          num_conversion_events: String(sum((person) => person.engagement.conversions)),
          recent_conversion_event_name: last.name,
          recent_conversion_date: isoTime(last.at),
        }
      : {}),
  };
}

function committeeRollUp({ people, guests, deals }: CompanyBundle): Properties {
  const withRole = (role?: string) =>
    people.filter((person) =>
      role ? person.properties.hs_buying_role?.includes(role) : person.properties.hs_buying_role,
    ).length;
  const open = deals.filter((deal) => deal.stage !== "closedwon" && deal.stage !== "closedlost");
  return {
    num_associated_contacts: String(people.length + guests),
    hs_num_contacts_with_buying_roles: String(withRole()),
    hs_num_decision_makers: String(withRole("DECISION_MAKER")),
    hs_num_blockers: String(withRole("BLOCKER")),
    num_associated_deals: String(deals.length),
    hs_num_open_deals: String(open.length),
    hs_total_deal_value: String(deals.reduce((sum, deal) => sum + (deal.amount ?? 0), 0)),
  };
}

/** What HubSpot would have computed on the company. The stand-in may compute it again: it finds the same. */
export function companyRollUp(bundle: CompanyBundle): Properties {
  const { people, activities } = bundle;
  const meetings = activities.filter((activity) => activity.type === "meetings");
  const last = people
    .map((person) => personRollUp(person, activities))
    .filter((properties) => properties.hs_last_sales_activity_timestamp)
    .sort((a, b) =>
      String(b.hs_last_sales_activity_timestamp).localeCompare(String(a.hs_last_sales_activity_timestamp)),
    )[0];
  return {
    ...webRollUp(people),
    ...activityRollUp(activities),
    ...committeeRollUp(bundle),
    ...time("hs_last_booked_meeting_date", newest(meetings.map((meeting) => meeting.loggedAt))),
    ...time("hs_latest_meeting_activity", newest(meetings.map((meeting) => meeting.at))),
    ...time(
      "hs_last_logged_call_date",
      newest(activities.filter((activity) => activity.type === "calls").map((call) => call.at)),
    ),
    ...(last
      ? {
          hs_last_sales_activity_type: last.hs_last_sales_activity_type ?? null,
          hs_last_sales_activity_timestamp: last.hs_last_sales_activity_timestamp ?? null,
        }
      : {}),
  };
}
