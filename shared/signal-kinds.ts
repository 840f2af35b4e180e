/**
 * The kinds of signal that Touchstone itself makes from CRM data. A portal may record further kinds (by workflow action
 * or import); models refer to kinds by these keys. Sources: market.md rows 33–36, 44, 85.
 *
 * `engages` says whether the kind counts as something that a person did towards us. Only such kinds make a person
 * "engaged" (rows 37, 38, 44) and none of them stops the outreach clock.
 */
export const signalKinds = {
  email_open: { label: "opened an email", engages: true },
  email_click: { label: "clicked a link in an email", engages: true },
  email_reply: { label: "replied to an email", engages: true },
  message_reply: { label: "answered a message", engages: true },
  form_submission: { label: "filled in a form", engages: true },
  content_download: { label: "downloaded content", engages: true },
  information_request: { label: "asked for information", engages: true },
  demo_request: { label: "asked for a demo", engages: true },
  page_visit: { label: "visited the website", engages: true },
  pricing_page_visit: { label: "looked at pricing or the demo page", engages: true },
  event_attended: { label: "attended a webinar or event", engages: true },
  meeting_booked: { label: "booked a meeting", engages: true },
  meeting_held: { label: "met us", engages: true },
  call_connected: { label: "talked with us on the phone", engages: true },
  email_bounce: { label: "email bounced", engages: false },
  topic_research: { label: "researches our topic", engages: false },
  competitor_research: { label: "researches competitors", engages: false },
} as const satisfies Record<string, { label: string; engages: boolean }>;

export type SignalKind = keyof typeof signalKinds;

const kindsThat = (engages: boolean): readonly string[] =>
  Object.entries(signalKinds).flatMap(([kind, one]) => (one.engages === engages ? [kind] : []));

/** Records of outside feeds that a template reads (rows 22, 23): of what somebody did elsewhere, not towards us. */
const feedKinds = ["search_activity", "social_engagement", "industry_event"];

/** Kinds by which a person engages, and those by which nobody does. A portal's own kinds are in neither. */
export const engagingKinds: ReadonlySet<string> = new Set(kindsThat(true));
export const notEngagingKinds: readonly string[] = [...kindsThat(false), ...feedKinds];
