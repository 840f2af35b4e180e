import type { CrmEvent } from "./crm-events/crm-event.ts";
import { emailEvents } from "./crm-events/email-events.ts";
import { recordEvents } from "./crm-events/record-events.ts";
import { salesEvents } from "./crm-events/sales-events.ts";
import { webEvents } from "./crm-events/web-events.ts";

/** What the demo plays and the record page's buttons do. `merge` last: it gives the company a new id. */
export const crmEvents: readonly CrmEvent[] = [
  ...webEvents,
  ...salesEvents,
  ...emailEvents,
  ...recordEvents.filter((event) => event.key !== "merge"),
  ...recordEvents.filter((event) => event.key === "merge"),
];
