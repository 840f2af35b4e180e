/** HubSpot's event types that have a signal of ours; the ids are those of its workflows and segments. */
export const kindOfEvent: Readonly<Record<string, { kind: string; label: string; one: string; many: string }>> = {
  "4-666440": { kind: "email_open", label: "Emails opened", one: "open", many: "opens" },
  "4-666288": { kind: "email_click", label: "Links clicked in emails", one: "click", many: "clicks" },
  "4-665538": { kind: "email_reply", label: "Emails answered", one: "reply", many: "replies" },
  "4-1639801": { kind: "form_submission", label: "Forms filled in", one: "form", many: "forms" },
  "4-96000": { kind: "page_visit", label: "Pages visited", one: "visit", many: "visits" },
  "4-1720599": { kind: "meeting_booked", label: "Meetings booked", one: "meeting", many: "meetings" },
};
