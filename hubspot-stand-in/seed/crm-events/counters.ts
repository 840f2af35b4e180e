import type { Crm } from "../../crm.ts";
import { isoTime } from "../iso-time.ts";
import type { CrmEventContext } from "./crm-event.ts";

type Properties = Record<string, string>;

/** Each named counter of the contact plus its step. */
function counted(crm: Crm, personId: string, steps: Record<string, number>): Properties {
  const before = crm.get("contacts", personId)?.properties ?? {};
  return Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [name, String(Number(before[name] ?? 0) + step)]),
  );
}

/**
 * Moves system counters of a contact, with their dates; whether that fires is the context's choice. The sums on its
 * companies are the stand-in's to calculate.
 */
export function moveCounters(
  crm: Crm,
  context: CrmEventContext,
  personId: string,
  steps: Record<string, number>,
  others: Properties = {},
): void {
  const properties = { ...counted(crm, personId, steps), ...others };
  if (context.countersFire) crm.update("contacts", personId, properties);
  else crm.updateSilently("contacts", personId, properties);
}

/** Properties that do fire on a contact when sales activity happens; the company's copies follow silently. */
export function markSalesActivity(
  crm: Crm,
  personId: string,
  companyIds: readonly string[],
  type: "EMAIL_REPLY" | "MEETING_BOOKED" | "FORM_SUBMITTED",
  at: number,
  others: Properties = {},
): void {
  const properties = { hs_last_sales_activity_type: type, hs_last_sales_activity_timestamp: isoTime(at), ...others };
  crm.update("contacts", personId, properties);
  for (const id of companyIds) crm.updateSilently("companies", id, properties);
}
