import { readCrmTime } from "./crm-time.ts";

export interface Outreach {
  readonly at: number;
  readonly kind: "call" | "email" | "meeting" | "message";
}

type Properties = Readonly<Record<string, string | null>>;

/** Types of CRM record in which a person's outreach is logged (row 83). */
export const outreachTypes = ["calls", "emails", "meetings", "communications"] as const;

/** Calls that never left the house (hubspot-api.md §5.4); one that nobody answered did. */
const failedCalls = ["FAILED", "CANCELED", "QUEUED", "MISSED"];

/**
 * A person's outreach, as a logged activity shows it; null for everything else. A machine's email does not count (T25), nor
 * do things that the other side did. What is not said (no direction, no status) was logged by hand and counts.
 */
export function outreachOf(objectType: string, properties: Properties): Outreach | null {
  const at = readCrmTime(properties.hs_timestamp);
  if (at === null) return null;
  if (objectType === "calls") return isOutgoingCall(properties) ? { at, kind: "call" } : null;
  if (objectType === "emails") return isOwnEmail(properties) ? { at, kind: "email" } : null;
  if (objectType === "meetings") return wasHeld(properties) ? { at: startOf(properties) ?? at, kind: "meeting" } : null;
  return objectType === "communications" ? { at, kind: "message" } : null;
}

function isOutgoingCall(properties: Properties): boolean {
  if (properties.hs_call_direction === "INBOUND") return false;
  return !failedCalls.includes((properties.hs_call_status ?? "").toUpperCase());
}

/** Which property marks an email of a sequence is not documented; `hs_sequence_id` is what the mirror reads. */
function isOwnEmail(properties: Properties): boolean {
  const isOutgoing = (properties.hs_email_direction ?? "EMAIL") === "EMAIL";
  const isSent = ["", "SENT"].includes(properties.hs_email_status ?? "");
  return isOutgoing && isSent && !properties.hs_sequence_id;
}

/** The spelling of outcomes differs between portals (hubspot-api.md §5.4). */
const wasHeld = (properties: Properties): boolean =>
  (properties.hs_meeting_outcome ?? "").toLowerCase().replaceAll(/[\s_-]/g, "") === "completed";

const startOf = (properties: Properties): number | null => readCrmTime(properties.hs_meeting_start_time);
