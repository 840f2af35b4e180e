/** Sectors of accounts.csv as HubSpot's industries (docs/csv-import.md). */
export const sectorIndustries: ReadonlyMap<string, string> = new Map([
  ["technology", "INFORMATION_TECHNOLOGY_AND_SERVICES"],
  ["software", "COMPUTER_SOFTWARE"],
  ["medical", "HOSPITAL_HEALTH_CARE"],
  ["retail", "RETAIL"],
  ["entertainment", "ENTERTAINMENT"],
  ["marketing", "MARKETING_AND_ADVERTISING"],
  ["telecommunications", "TELECOMMUNICATIONS"],
  ["finance", "FINANCIAL_SERVICES"],
  ["employment", "STAFFING_AND_RECRUITING"],
  ["services", "CONSUMER_SERVICES"],
]);

/** Spellings that occur, with what is meant. Each use is reported. */
export const corrections: Readonly<Record<"sector" | "office_location" | "product", ReadonlyMap<string, string>>> = {
  sector: new Map([["technolgy", "technology"]]),
  office_location: new Map([["Philipines", "Philippines"]]),
  product: new Map([["GTXPro", "GTX Pro"]]),
};
