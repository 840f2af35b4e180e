/**
 * What only a person can do, or can tell that it is done: HubSpot places no card by itself and tells nobody where one
 * stands, and keeping the model and the tiers that ship is a choice too.
 */
export const handSteps = [
  "company-card",
  "company-sidebar",
  "contact-card",
  "deal-card",
  "model",
  "tiers",
  "workflows",
  "team",
] as const;
export type HandStep = (typeof handSteps)[number];

export const isHandStep = (key: string): key is HandStep => handSteps.some((step) => step === key);
