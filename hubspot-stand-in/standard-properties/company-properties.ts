import { define, defineChoice, type PropertyDefinition } from "./define-properties.ts";
import { industries } from "./industries.ts";
import { leadStatuses, lifecycleStages, salesActivityTypes, trafficSources } from "./shared-options.ts";

const info = "companyinformation";
const analytics = "analyticsinformation";
const activity = "company_activity";

/** Names, types and flags: hubspot-api.md §5.1. */
export const companyProperties: readonly PropertyDefinition[] = [
  ...define(info, "W", "string", "name domain website phone description hs_annual_revenue_currency_code"),
  ...define(
    info,
    "W",
    "string",
    "total_money_raised founded_year country hs_country_code state city zip address timezone",
  ),
  ...define(info, "W", "string", "linkedin_company_page hs_revenue_range hs_employee_range hs_industry_group"),
  ...define(info, "W", "number", "numberofemployees annualrevenue"),
  ...define(info, "W", "bool", "is_public hs_is_target_account hs_is_enriched"),
  ...defineChoice(info, "W", "industry", industries),
  ...defineChoice(info, "W", "type", ["PROSPECT", "PARTNER", "RESELLER", "VENDOR", "OTHER"]),
  ...defineChoice(info, "W", "web_technologies", webTechnologies(), "checkbox"),
  ...defineChoice(info, "W", "hs_ideal_customer_profile", ["tier_1", "tier_2", "tier_3"]),
  ...defineChoice(info, "W", "hs_target_account", ["tier_1", "tier_2", "tier_3"]),
  ...define(info, "R", "number", "hs_target_account_probability"),
  ...defineChoice(info, "W", "lifecyclestage", lifecycleStages, "radio"),
  ...defineChoice(info, "W", "hs_lead_status", leadStatuses, "radio"),
  ...define(info, "W", "string", "hubspot_owner_id"),
  ...define(info, "W", "number", "hs_parent_company_id"),
  ...define(info, "R", "datetime", lifecycleStages.map(([stage]) => `hs_v2_date_entered_${stage}`).join(" ")),
  ...define(info, "R", "datetime", "createdate hs_lastmodifieddate"),
  ...define(info, "R", "number", "hs_object_id"),
  ...define(info, "R", "string", "hs_merged_object_ids"),
  ...define(info, "C", "number", "hs_num_child_companies"),

  ...define(analytics, "C", "number", "hs_analytics_num_page_views hs_analytics_num_visits"),
  ...define(analytics, "C", "datetime", "hs_analytics_last_visit_timestamp"),
  ...defineChoice(analytics, "R", "hs_analytics_latest_source", trafficSources),
  ...define(analytics, "R", "string", "hs_analytics_latest_source_data_1 hs_analytics_latest_source_data_2"),
  ...define(analytics, "R", "datetime", "hs_analytics_latest_source_timestamp"),
  ...define(analytics, "R", "number", "hs_intent_page_views_last_30_days hs_intent_visitors_last_30_days"),
  ...define(analytics, "R", "number", "hs_count_intent_signals_created_last_30_days"),
  ...define(analytics, "W", "bool", "hs_intent_signals_enabled hs_is_intent_monitored"),
  ...define(analytics, "R", "datetime", "hs_most_recent_de_anonymized_visit hs_latest_intent_signal_occurred_at"),
  ...define(analytics, "R", "string", "hs_signals_summary"),

  ...define(activity, "C", "number", "num_conversion_events"),
  ...define(activity, "C", "datetime", "recent_conversion_date"),
  ...define(activity, "C", "string", "recent_conversion_event_name"),
  ...define(activity, "R", "datetime", "hs_last_sales_activity_timestamp hs_sales_email_last_replied"),
  ...defineChoice(activity, "R", "hs_last_sales_activity_type", salesActivityTypes),
  ...define(activity, "R", "datetime", "hs_latest_meeting_activity hs_last_booked_meeting_date"),
  ...define(activity, "R", "datetime", "engagements_last_meeting_booked hs_last_logged_call_date"),
  ...define(activity, "R", "datetime", "hs_last_logged_outgoing_email_date hs_last_open_task_date"),
  ...define(activity, "R", "datetime", "notes_last_contacted notes_last_updated notes_next_activity_date"),
  ...define(activity, "R", "number", "num_contacted_notes num_notes"),

  ...define(info, "C", "number", "hs_num_contacts_with_buying_roles hs_num_decision_makers hs_num_blockers"),
  ...define(info, "C", "number", "num_associated_contacts num_associated_deals hs_num_open_deals"),
  ...define(info, "C", "number", "hs_total_deal_value recent_deal_amount total_revenue"),
];

function webTechnologies(): string[] {
  return `salesforce hubspot marketo pardot google_analytics google_tag_manager segment wordpress shopify
  magento drupal zendesk intercom drift stripe amazon_web_services microsoft_office_365 google_apps cloudflare
  oracle sap workday slack snowflake optimizely`.split(/\s+/);
}
