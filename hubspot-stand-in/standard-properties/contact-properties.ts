import { define, defineChoice, type PropertyDefinition, unique } from "./define-properties.ts";
import { leadStatuses, lifecycleStages, salesActivityTypes, trafficSources } from "./shared-options.ts";

const info = "contactinformation";
const email = "emailinformation";
const analytics = "analyticsinformation";
const conversion = "conversioninformation";

const buyingRoles = `BLOCKER BUDGET_HOLDER CHAMPION DECISION_MAKER END_USER EXECUTIVE_SPONSOR INFLUENCER
LEGAL_AND_COMPLIANCE OTHER`.split(/\s+/);

/** The full lists of `hs_seniority` and `hs_role` are unknown (hubspot-api.md §10.3): a client reads them at install. */
const seniorities = ["entry", "employee", "senior", "manager", "director", "vp", "executive", "owner", "partner"];
const roles = `accounting administrative communications customer_service design education engineering finance
health_professional human_resources information_technology legal marketing operations product project_management
public_relations quality_assurance real_estate recruiting research sales support`.split(/\s+/);

/** Names, types and flags: hubspot-api.md §5.2. */
export const contactProperties: readonly PropertyDefinition[] = [
  ...define(info, "W", "string", "firstname lastname jobtitle company phone mobilephone website"),
  ...unique(define(info, "W", "string", "email")),
  ...define(info, "W", "string", "job_function seniority hs_linkedin_url city state country hubspot_owner_id"),
  ...define(info, "R", "string", "hs_email_domain"),
  ...defineChoice(info, "W", "hs_buying_role", buyingRoles, "checkbox"),
  ...defineChoice(info, "W", "hs_seniority", seniorities),
  ...defineChoice(info, "W", "hs_role", roles),
  ...defineChoice(info, "W", "hs_sub_role", [
    "account_executive",
    "operations",
    "product_manager",
    "software_engineer",
  ]),
  ...defineChoice(info, "W", "hs_persona", ["persona_1", "persona_2", "persona_3"], "radio"),
  ...define(info, "W", "number", "associatedcompanyid"),
  ...defineChoice(info, "W", "lifecyclestage", lifecycleStages, "radio"),
  ...defineChoice(info, "W", "hs_lead_status", leadStatuses, "radio"),
  ...define(info, "R", "datetime", lifecycleStages.map(([stage]) => `hs_v2_date_entered_${stage}`).join(" ")),
  ...define(info, "R", "datetime", lifecycleStages.map(([stage]) => `hs_v2_date_exited_${stage}`).join(" ")),
  ...define(info, "R", "datetime", "createdate lastmodifieddate"),
  ...define(info, "R", "number", "hs_object_id"),
  ...define(info, "R", "string", "hs_merged_object_ids"),
  ...define(info, "C", "number", "num_associated_deals"),

  ...define(email, "R", "number", "hs_email_delivered hs_email_open hs_email_click hs_email_replied hs_email_bounce"),
  ...define(email, "R", "datetime", "hs_email_last_send_date hs_email_last_open_date hs_email_last_click_date"),
  ...define(email, "R", "datetime", "hs_email_last_reply_date hs_email_first_send_date hs_email_first_open_date"),
  ...define(email, "R", "datetime", "hs_email_first_click_date hs_email_first_reply_date"),
  ...define(email, "R", "string", "hs_email_last_email_name"),
  ...define(email, "W", "bool", "hs_email_optout"),
  ...define(
    email,
    "R",
    "datetime",
    "hs_sales_email_last_opened hs_sales_email_last_clicked hs_sales_email_last_replied",
  ),
  ...define(email, "C", "bool", "hs_sequences_is_enrolled"),

  ...define(conversion, "C", "number", "num_conversion_events num_unique_conversion_events"),
  ...define(conversion, "C", "datetime", "recent_conversion_date first_conversion_date"),
  ...define(conversion, "C", "string", "recent_conversion_event_name first_conversion_event_name"),

  ...define(analytics, "R", "number", "hs_analytics_num_page_views hs_analytics_num_visits"),
  ...define(analytics, "R", "number", "hs_analytics_num_event_completions"),
  ...define(analytics, "R", "datetime", "hs_analytics_last_timestamp hs_analytics_last_visit_timestamp"),
  ...define(analytics, "R", "string", "hs_analytics_last_url hs_analytics_first_url"),
  ...defineChoice(analytics, "R", "hs_analytics_source", trafficSources),
  ...defineChoice(analytics, "R", "hs_latest_source", trafficSources),
  ...define(analytics, "R", "datetime", "hs_latest_source_timestamp"),

  ...define(info, "R", "datetime", "hs_last_sales_activity_timestamp notes_last_contacted notes_last_updated"),
  ...define(info, "R", "datetime", "notes_next_activity_date engagements_last_meeting_booked"),
  ...defineChoice(info, "R", "hs_last_sales_activity_type", salesActivityTypes),
  ...define(info, "R", "number", "num_notes num_contacted_notes"),
];
