import { define, defineChoice, type PropertyDefinition } from "./define-properties.ts";

const info = "dealinformation";

/** The default pipeline. What is won and lost follows from the stage. */
export const dealStages = [
  ["appointmentscheduled", "Appointment Scheduled"],
  ["qualifiedtobuy", "Qualified To Buy"],
  ["presentationscheduled", "Presentation Scheduled"],
  ["decisionmakerboughtin", "Decision Maker Bought-In"],
  ["contractsent", "Contract Sent"],
  ["closedwon", "Closed Won"],
  ["closedlost", "Closed Lost"],
] as const;

/** Names, types and flags: hubspot-api.md §5.3. */
export const dealProperties: readonly PropertyDefinition[] = [
  ...define(info, "W", "string", "dealname description hubspot_owner_id deal_currency_code"),
  ...defineChoice(info, "W", "pipeline", [["default", "Sales Pipeline"]]),
  ...defineChoice(info, "W", "dealstage", dealStages, "radio"),
  ...defineChoice(info, "W", "dealtype", ["newbusiness", "existingbusiness"], "radio"),
  ...define(info, "W", "number", "amount hs_acv hs_arr hs_mrr hs_tcv"),
  ...define(info, "W", "datetime", "closedate createdate"),
  ...define(info, "C", "number", "amount_in_home_currency days_to_close num_associated_contacts"),
  ...define(info, "C", "bool", "hs_is_closed hs_is_closed_won hs_is_closed_lost"),
  ...define(info, "C", "datetime", "hs_closed_won_date"),
  ...define(info, "R", "datetime", "hs_v2_date_entered_current_stage hs_lastmodifieddate"),
  ...define(info, "R", "datetime", dealStages.map(([stage]) => `hs_v2_date_entered_${stage}`).join(" ")),
  ...define(info, "R", "number", "hs_object_id"),
  ...define(info, "R", "string", "hs_merged_object_ids"),
];
