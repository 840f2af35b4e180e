import type { ActivityDraft, CompanyBundle, PersonDraft } from "./company-bundle.ts";
import { isoTime } from "./iso-time.ts";

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

/** What HubSpot's system keeps on a company. Sums over people and deals are calculated by the stand-in's store. */
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
    ...activityRollUp(activities),
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
