/** What stands as the category of a refused result, beside HubSpot's own words. */
export const refusalCategories = {
  /** HubSpot's word: an admin's rule wants a property that the record lacks. */
  rule: "MISSING_REQUIRED_PROPERTY",
  /** Ours: refused together with others, or nothing was risked for it. Nobody knows whether it is at fault. */
  untried: "UNTRIED",
} as const;
