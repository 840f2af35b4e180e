import { needs } from "../db/inbox.ts";

/** What the mirror keeps of each type (hubspot-api.md §5). Names that a portal lacks are left out by HubSpot on read. */
const activity = ["hs_timestamp"] as const;
const properties: Readonly<Record<MirrorType, readonly string[]>> = {
  companies: [
    "name",
    "domain",
    "industry",
    "numberofemployees",
    "annualrevenue",
    "country",
    "lifecyclestage",
    "hubspot_owner_id",
    "hs_is_target_account",
    "hs_ideal_customer_profile",
  ],
  contacts: [
    "firstname",
    "lastname",
    "jobtitle",
    "hs_seniority",
    "hs_buying_role",
    "hs_email_open",
    "hs_email_last_open_date",
    "hs_email_last_click_date",
    "hs_email_last_reply_date",
    "hs_sales_email_last_replied",
    "hs_email_bounce",
    "recent_conversion_date",
    "recent_conversion_event_name",
    "hs_analytics_last_visit_timestamp",
    "hs_analytics_last_url",
    "hs_analytics_num_page_views",
    "hs_analytics_num_visits",
  ],
  deals: [
    "dealstage",
    "amount",
    "amount_in_home_currency",
    "createdate",
    "closedate",
    "hs_is_closed",
    "hs_is_closed_won",
  ],
  meetings: [...activity, "hs_meeting_outcome", "hs_meeting_start_time", "hs_createdate"],
  calls: [...activity, "hs_call_direction", "hs_call_status", "hs_call_disposition", "hs_call_duration"],
  // Which property tells a machine's email from a person's is not documented: read if the portal has it.
  emails: [...activity, "hs_email_direction", "hs_email_status", "hs_sequence_id"],
  communications: [...activity, "hs_communication_channel_type"],
};

export const mirrorTypes = ["companies", "contacts", "deals", "meetings", "calls", "emails", "communications"] as const;
export type MirrorType = (typeof mirrorTypes)[number];

export const isMirrorType = (type: string): type is MirrorType => (mirrorTypes as readonly string[]).includes(type);

/** Without these there is nothing to score; a grant that does not cover another type only leaves that type out. */
export const isNeeded = (type: MirrorType): boolean => type === "companies" || type === "contacts";

/** Of emails no webhook tells: their scope would have to be required for it (decision 0039). The poll finds them. */
export const isHeard = (type: MirrorType): boolean => type !== "emails";

/** `extra` names company properties that only a portal's own models read. */
export function propertiesOf(type: MirrorType, extra: readonly string[]): string[] {
  return type === "companies" ? [...new Set([...properties.companies, ...extra])] : [...properties[type]];
}

/** Whose links are read, and to what. A company's own links are read from the other end. */
export function linkedTypes(type: MirrorType): readonly ("companies" | "contacts")[] {
  if (type === "companies") return [];
  return type === "contacts" ? ["companies"] : ["companies", "contacts"];
}

/** Everything there is to read about a record that is new to us. */
export const everything = needs.properties | needs.associations;
