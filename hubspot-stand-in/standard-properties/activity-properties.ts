import { define, defineChoice, type PropertyDefinition } from "./define-properties.ts";

const shared = (group: string): PropertyDefinition[] => [
  ...define(group, "W", "datetime", "hs_timestamp"),
  ...define(group, "W", "string", "hubspot_owner_id hs_attachment_ids hs_unique_id"),
  ...define(group, "R", "datetime", "hs_createdate hs_lastmodifieddate"),
  ...define(group, "R", "number", "hs_object_id"),
  ...define(group, "R", "string", "hs_object_source hs_merged_object_ids"),
];

/** Names and values of activities: hubspot-api.md §5.4 and §6.4. */
export const emailProperties: readonly PropertyDefinition[] = [
  ...shared("email"),
  ...defineChoice("email", "W", "hs_email_direction", ["EMAIL", "INCOMING_EMAIL", "FORWARDED_EMAIL"]),
  ...defineChoice("email", "W", "hs_email_status", ["BOUNCED", "FAILED", "SCHEDULED", "SENDING", "SENT"]),
  ...define("email", "W", "string", "hs_email_subject hs_email_text hs_email_html hs_email_headers"),
  ...define("email", "R", "string", "hs_email_from_email hs_email_to_email hs_email_thread_id"),
  // UNVERIFIED: that an email of a sequence names it here. Nothing public says how such an email is marked.
  ...define("email", "W", "string", "hs_sequence_id"),
];

export const meetingProperties: readonly PropertyDefinition[] = [
  ...shared("meeting"),
  ...define("meeting", "W", "string", "hs_meeting_title hs_meeting_body hs_internal_meeting_notes hs_meeting_location"),
  ...define("meeting", "W", "datetime", "hs_meeting_start_time hs_meeting_end_time"),
  ...defineChoice("meeting", "W", "hs_meeting_outcome", [
    "SCHEDULED",
    "COMPLETED",
    "RESCHEDULED",
    "NO_SHOW",
    "CANCELED",
  ]),
  ...define("meeting", "W", "string", "hs_activity_type"),
];

export const callProperties: readonly PropertyDefinition[] = [
  ...shared("call"),
  ...define(
    "call",
    "W",
    "string",
    "hs_call_title hs_call_body hs_call_disposition hs_call_from_number hs_call_to_number",
  ),
  ...define("call", "W", "string", "hs_activity_type"),
  ...define("call", "W", "number", "hs_call_duration"),
  ...defineChoice("call", "W", "hs_call_direction", ["INBOUND", "OUTBOUND"]),
  ...defineChoice(
    "call",
    "W",
    "hs_call_status",
    "BUSY CALLING_CRM_USER CANCELED COMPLETED CONNECTING FAILED IN_PROGRESS MISSED NO_ANSWER QUEUED RINGING".split(" "),
  ),
];

export const communicationProperties: readonly PropertyDefinition[] = [
  ...shared("communication"),
  ...defineChoice("communication", "W", "hs_communication_channel_type", ["WHATS_APP", "LINKEDIN_MESSAGE", "SMS"]),
  ...defineChoice("communication", "W", "hs_communication_logged_from", ["CRM"]),
  ...define("communication", "W", "string", "hs_communication_body"),
];

export const noteProperties: readonly PropertyDefinition[] = [
  ...shared("note"),
  ...define("note", "W", "string", "hs_note_body"),
];

export const taskProperties: readonly PropertyDefinition[] = [
  ...shared("task"),
  ...define("task", "W", "string", "hs_task_subject hs_task_body hs_task_reminders"),
  ...defineChoice("task", "W", "hs_task_status", ["NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "DEFERRED"]),
  ...defineChoice("task", "W", "hs_task_priority", ["NONE", "LOW", "MEDIUM", "HIGH"]),
  ...defineChoice("task", "W", "hs_task_type", ["TODO", "CALL", "EMAIL", "LINKED_IN"]),
  ...define("task", "R", "datetime", "hs_task_completion_date"),
];
