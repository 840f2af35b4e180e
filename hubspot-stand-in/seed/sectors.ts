import type { Weighted } from "./random.ts";

/** Industries of the demo portal, as HubSpot names them, with the last word of a company's name. */
export interface Sector {
  industry: string;
  nouns: readonly [string, ...string[]];
}

/** Where the demo's seller is at home: software and services for technical buyers. */
export const coreSectors: readonly [Weighted<Sector>, ...Weighted<Sector>[]] = [
  [{ industry: "COMPUTER_SOFTWARE", nouns: ["Software", "Systems", "Cloud", "Apps"] }, 40],
  [{ industry: "INFORMATION_TECHNOLOGY_AND_SERVICES", nouns: ["Technologies", "IT Services", "Digital"] }, 25],
  [{ industry: "INTERNET", nouns: ["Online", "Web", "Labs"] }, 12],
  [{ industry: "FINANCIAL_SERVICES", nouns: ["Finance", "Capital", "Payments"] }, 13],
  [{ industry: "COMPUTER_NETWORK_SECURITY", nouns: ["Security", "Cyber"] }, 10],
];

export const otherSectors: readonly [Weighted<Sector>, ...Weighted<Sector>[]] = [
  [{ industry: "TELECOMMUNICATIONS", nouns: ["Telecom", "Networks"] }, 8],
  [{ industry: "INSURANCE", nouns: ["Insurance", "Mutual"] }, 8],
  [{ industry: "BANKING", nouns: ["Bank", "Trust"] }, 7],
  [{ industry: "HOSPITAL_HEALTH_CARE", nouns: ["Health", "Care", "Clinics"] }, 9],
  [{ industry: "MEDICAL_DEVICES", nouns: ["Medical", "Devices"] }, 6],
  [{ industry: "PHARMACEUTICALS", nouns: ["Pharma", "Therapeutics"] }, 5],
  [{ industry: "MACHINERY", nouns: ["Machinery", "Engineering"] }, 8],
  [{ industry: "INDUSTRIAL_AUTOMATION", nouns: ["Automation", "Robotics", "Controls"] }, 7],
  [{ industry: "AUTOMOTIVE", nouns: ["Motors", "Mobility"] }, 6],
  [{ industry: "LOGISTICS_AND_SUPPLY_CHAIN", nouns: ["Logistics", "Freight"] }, 8],
  [{ industry: "RETAIL", nouns: ["Retail", "Stores"] }, 8],
  [{ industry: "CONSUMER_GOODS", nouns: ["Goods", "Brands"] }, 5],
  [{ industry: "MANAGEMENT_CONSULTING", nouns: ["Consulting", "Partners", "Advisory"] }, 7],
  [{ industry: "MARKETING_AND_ADVERTISING", nouns: ["Media", "Agency"] }, 5],
  [{ industry: "RENEWABLES_ENVIRONMENT", nouns: ["Energy", "Solar", "Wind"] }, 6],
  [{ industry: "CONSTRUCTION", nouns: ["Construction", "Build"] }, 6],
  [{ industry: "HIGHER_EDUCATION", nouns: ["University", "Institute"] }, 4],
  [{ industry: "FOOD_PRODUCTION", nouns: ["Foods", "Farms"] }, 4],
];

/** Sectors that a demo model may rule out: nobody would sell to them. */
export const excludedSectors: readonly [Weighted<Sector>, ...Weighted<Sector>[]] = [
  [{ industry: "GAMBLING_CASINOS", nouns: ["Casino", "Gaming"] }, 5],
  [{ industry: "TOBACCO", nouns: ["Tobacco", "Leaf"] }, 3],
  [{ industry: "STAFFING_AND_RECRUITING", nouns: ["Recruiting", "Talent"] }, 4],
];
