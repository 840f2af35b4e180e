import { readCrmTime } from "@touchstone/shared/crm-time.ts";
import { asPersonId } from "@touchstone/shared/ids.ts";
import type { SignalKind } from "@touchstone/shared/signal-kinds.ts";
import type { MirrorLink } from "../db/records.ts";
import type { StoredSignal } from "../db/signals.ts";
import { kindOfConversion } from "./kind-of-conversion.ts";
import type { MirrorType } from "./record-properties.ts";

interface ReadRecord {
  readonly objectType: MirrorType;
  readonly objectId: string;
  readonly properties: Readonly<Record<string, string | null>>;
  /** Of an activity: whom it was with. */
  readonly links: readonly MirrorLink[];
}

const dayMs = 86_400_000;
/** The largest that a snapshot takes. */
const maxStrength = 1_000_000;

/**
 * What a CRM record says about engagement, as dated signals. A contact carries the *last* time of each kind: the key is
 * person, kind and day, so that seeing the same state twice, or several events of a day, is one signal (T31).
 */
export function signalsOf(record: ReadRecord): StoredSignal[] {
  if (record.objectType === "contacts") return signalsOfContact(record);
  if (record.objectType === "meetings") return signalsOfMeeting(record);
  if (record.objectType === "calls") return signalsOfCall(record);
  if (record.objectType === "emails") return signalsOfEmail(record);
  return [];
}

/** Activities are all that is known of them, so their signals are replaced; a contact's older days stay. */
export const replacesSignals = (type: MirrorType): boolean =>
  type === "meetings" || type === "calls" || type === "emails";

export const originOf = (record: { objectType: string; objectId: string }): string =>
  `${record.objectType}:${record.objectId}`;

function signalsOfContact(record: ReadRecord): StoredSignal[] {
  const { properties: p, objectId } = record;
  const dated = (kind: SignalKind, source: string, time: string | null | undefined, more: Partial<StoredSignal> = {}) =>
    daySignals(record, kind, source, readCrmTime(time), objectId, more);
  const visitedAt = readCrmTime(p.hs_analytics_last_visit_timestamp);
  const url = p.hs_analytics_last_url ?? "";
  return [
    ...dated("email_open", "email", p.hs_email_last_open_date),
    ...dated("email_click", "email", p.hs_email_last_click_date),
    ...dated("email_reply", "email", p.hs_email_last_reply_date),
    ...dated("email_reply", "email", p.hs_sales_email_last_replied),
    ...conversion(record),
    ...daySignals(record, "page_visit", "website", visitedAt, objectId, { strength: pagesPerVisit(p) }),
    ...(/\/(pricing|prices|demo|book-a-demo|request-demo)\b/i.test(url)
      ? daySignals(record, "pricing_page_visit", "website", visitedAt, objectId, { subject: pathOf(url) })
      : []),
  ];
}

function conversion(record: ReadRecord): StoredSignal[] {
  const at = readCrmTime(record.properties.recent_conversion_date);
  if (at === null) return [];
  const subject = (record.properties.recent_conversion_event_name ?? "").trim();
  const kind = kindOfConversion(subject);
  // Each form is an event of its own: two forms on one day are two.
  const key = `${kind}:${record.objectId}:${at}`;
  return [
    {
      ...blank(record, kind, "form", at),
      key,
      personId: asPersonId(record.objectId),
      subject: subject.slice(0, 200) || null,
    },
  ];
}

/** HubSpot counts pages and visits over all time; their ratio is the best known size of the last visit. */
function pagesPerVisit(p: ReadRecord["properties"]): number {
  const pages = Number(p.hs_analytics_num_page_views);
  const visits = Number(p.hs_analytics_num_visits);
  return pages > 0 && visits > 0 ? Math.min(maxStrength, Math.max(1, Math.round(pages / visits))) : 1;
}

function signalsOfMeeting(record: ReadRecord): StoredSignal[] {
  const p = record.properties;
  const outcome = (p.hs_meeting_outcome ?? "").toLowerCase().replaceAll(/[\s_-]/g, "");
  if (outcome.startsWith("cancel")) return [];
  const startsAt = readCrmTime(p.hs_meeting_start_time) ?? readCrmTime(p.hs_timestamp);
  const bookedAt = readCrmTime(p.hs_createdate) ?? startsAt;
  return [
    ...activitySignals(record, "meeting_booked", "meeting", bookedAt),
    ...(outcome === "completed" ? activitySignals(record, "meeting_held", "meeting", startsAt) : []),
  ];
}

/** HubSpot's own outcome "Connected", the same in every portal (guide to the calls API). An outcome of a portal's own is not told apart. */
const connected = "f240bbac-87c9-4f6e-bf70-924b57d47db7";

/** Whether somebody talked with us. That we called is another question: `outreachOf` answers it, and a voicemail is outreach. */
function signalsOfCall(record: ReadRecord): StoredSignal[] {
  const p = record.properties;
  // A dialler's call that a voicemail took is COMPLETED too: what the rep says of it goes first.
  const isTalk = p.hs_call_disposition
    ? p.hs_call_disposition.toLowerCase() === connected
    : (p.hs_call_status ?? "").toUpperCase() === "COMPLETED" && p.hs_call_duration !== "0";
  if (!isTalk) return [];
  return activitySignals(record, "call_connected", "call", readCrmTime(record.properties.hs_timestamp));
}

function signalsOfEmail(record: ReadRecord): StoredSignal[] {
  if (record.properties.hs_email_direction !== "INCOMING_EMAIL") return [];
  return activitySignals(record, "email_reply", "email", readCrmTime(record.properties.hs_timestamp));
}

/** One signal for each person that took part; without people, one for each company. */
function activitySignals(record: ReadRecord, kind: SignalKind, source: string, at: number | null): StoredSignal[] {
  if (at === null) return [];
  const base = blank(record, kind, source, at);
  const people = record.links.filter((link) => link.toType === "contacts");
  if (people.length > 0) {
    return people.map(({ toId }) => ({
      ...base,
      key: `${kind}:${toId}:${originOf(record)}`,
      personId: asPersonId(toId),
    }));
  }
  return record.links.map(({ toId }) => ({
    ...base,
    key: `${kind}:account-${toId}:${originOf(record)}`,
    accountId: toId,
  }));
}

function daySignals(
  record: ReadRecord,
  kind: SignalKind,
  source: string,
  at: number | null,
  personId: string,
  more: Partial<StoredSignal>,
): StoredSignal[] {
  if (at === null) return [];
  const key = `${kind}:${personId}:${Math.floor(at / dayMs)}`;
  return [{ ...blank(record, kind, source, at), key, personId: asPersonId(personId), ...more }];
}

function blank(record: ReadRecord, kind: SignalKind, source: string, at: number): StoredSignal {
  return {
    key: "",
    kind,
    personId: null,
    accountId: null,
    at,
    source,
    strength: null,
    subject: null,
    expiresAt: null,
    origin: originOf(record),
  };
}

/** The path alone: a query or a fragment may name a person. */
function pathOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url.replace(/[?#].*$/s, "");
  return path.slice(0, 200);
}
