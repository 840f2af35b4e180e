import type { ActivityDraft } from "./company-bundle.ts";
import { isoTime } from "./iso-time.ts";
import type { Random, Weighted } from "./random.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** HubSpot's ids of the call outcomes "Connected" and "No answer", the same in every portal. */
const callConnected = "f240bbac-87c9-4f6e-bf70-924b57d47db7";
const callNoAnswer = "73a0d17f-1163-4015-bdd5-ec830791da20";

type Kind = ActivityDraft["type"];
type Detail = { properties: Record<string, string | null>; at: number };

const kinds: readonly [Weighted<Kind>, ...Weighted<Kind>[]] = [
  ["emails", 40],
  ["calls", 22],
  ["meetings", 16],
  ["communications", 10],
  ["notes", 8],
  ["tasks", 4],
];

const meetingTitles = [
  "Discovery call",
  "Product demo",
  "Technical evaluation",
  "Pricing discussion",
  "Quarterly review",
] as const;
const subjects = [
  "Re: next steps",
  "Your question about integrations",
  "Security questionnaire",
  "Following up",
  "Proposal",
] as const;

function meeting(random: Random, loggedAt: number, nowAt: number): Detail {
  const startAt = loggedAt + random.int(1, 12) * dayMs;
  const ahead = startAt > nowAt;
  const outcome = ahead
    ? "SCHEDULED"
    : random.weighted([
        ["COMPLETED", 76],
        ["NO_SHOW", 8],
        ["CANCELED", 9],
        ["RESCHEDULED", 7],
      ] as const);
  const title = random.pick(meetingTitles);
  return {
    at: startAt,
    properties: {
      hs_meeting_title: title,
      hs_meeting_start_time: isoTime(startAt),
      hs_meeting_end_time: isoTime(startAt + random.pick([30, 45, 60]) * minuteMs),
      hs_meeting_outcome: outcome,
      hs_activity_type: title,
    },
  };
}

function call(random: Random, loggedAt: number): Detail {
  const connected = random.chance(0.45);
  return {
    at: loggedAt,
    properties: {
      hs_call_direction: random.chance(0.85) ? "OUTBOUND" : "INBOUND",
      hs_call_status: connected ? "COMPLETED" : "NO_ANSWER",
      hs_call_duration: String(connected ? random.int(90, 2_400) * 1_000 : 0),
      hs_call_disposition: connected ? callConnected : callNoAnswer,
    },
  };
}

function detailOf(kind: Kind, random: Random, loggedAt: number, nowAt: number): Detail {
  if (kind === "meetings") return meeting(random, loggedAt, nowAt);
  if (kind === "calls") return call(random, loggedAt);
  if (kind === "emails") {
    const incoming = random.chance(0.3);
    const direction = incoming ? "INCOMING_EMAIL" : "EMAIL";
    return {
      at: loggedAt,
      properties: { hs_email_direction: direction, hs_email_status: "SENT", hs_email_subject: random.pick(subjects) },
    };
  }
  if (kind === "communications") {
    const channel = random.weighted([
      ["LINKEDIN_MESSAGE", 6],
      ["WHATS_APP", 3],
      ["SMS", 1],
    ] as const);
    return {
      at: loggedAt,
      properties: { hs_communication_channel_type: channel, hs_communication_logged_from: "CRM" },
    };
  }
  if (kind === "notes") return { at: loggedAt, properties: { hs_note_body: "Spoke about timing and who decides." } };
  return {
    at: loggedAt + 3 * dayMs,
    properties: {
      hs_task_subject: "Send the case study",
      hs_task_status: random.chance(0.6) ? "COMPLETED" : "NOT_STARTED",
      hs_task_priority: "MEDIUM",
      hs_task_type: "TODO",
    },
  };
}

export interface ActivityOptions {
  count: number;
  firstId: number;
  personIds: readonly string[];
  ownerId: string | null;
  nowAt: number;
}

/** Activities of the last 90 days, more of them lately, each with one or two of the company's people. */
export function makeActivities(
  random: Random,
  { count, firstId, personIds, ownerId, nowAt }: ActivityOptions,
): ActivityDraft[] {
  const [first, ...rest] = personIds;
  if (first === undefined) return [];
  return Array.from({ length: count }, (_, index) => {
    const type = random.weighted(kinds);
    const loggedAt = nowAt - Math.round(random.next() ** 1.6 * 90 * dayMs) - 5 * minuteMs;
    const { at, properties } = detailOf(type, random, loggedAt, nowAt);
    const people = new Set([random.pick([first, ...rest])]);
    if (type === "meetings" && random.chance(0.5)) people.add(random.pick([first, ...rest]));
    return {
      type,
      id: String(firstId + index),
      at,
      loggedAt,
      properties: { ...properties, hubspot_owner_id: ownerId },
      personIds: [...people],
    };
  });
}
