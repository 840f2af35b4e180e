/** One-to-one emails need a scope of their own (hubspot-api.md §2.6). It is optional: a portal without it does without them. */
export const emailScope = "sales-email-read";
