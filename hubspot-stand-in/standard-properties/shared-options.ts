/** Stages before a portal adds its own; the order is the only direction in which the API may move (hubspot-api.md §5.2). */
export const lifecycleStages = [
  ["subscriber", "Subscriber"],
  ["lead", "Lead"],
  ["marketingqualifiedlead", "Marketing Qualified Lead"],
  ["salesqualifiedlead", "Sales Qualified Lead"],
  ["opportunity", "Opportunity"],
  ["customer", "Customer"],
  ["evangelist", "Evangelist"],
  ["other", "Other"],
] as const;

export const leadStatuses = [
  "NEW",
  "OPEN",
  "IN_PROGRESS",
  "OPEN_DEAL",
  "UNQUALIFIED",
  "ATTEMPTED_TO_CONTACT",
  "CONNECTED",
  "BAD_TIMING",
] as const;

export const trafficSources = [
  "ORGANIC_SEARCH",
  "PAID_SEARCH",
  "EMAIL_MARKETING",
  "SOCIAL_MEDIA",
  "REFERRALS",
  "OTHER_CAMPAIGNS",
  "DIRECT_TRAFFIC",
  "OFFLINE",
  "PAID_SOCIAL",
] as const;

export const salesActivityTypes = [
  "EMAIL_OPEN",
  "EMAIL_CLICK",
  "EMAIL_REPLY",
  "FORM_SUBMITTED",
  "MEETING_BOOKED",
  "HUBSPOT_REVISIT",
  "PRESENTATION_REVISIT",
  "COMPANYPROSPECTS_REVISIT",
] as const;
