import type { Random, Weighted } from "./random.ts";

export type Level = "c_level" | "vp" | "director" | "manager" | "individual";

/** One row per function: titles from the top to the desk. */
const functions: readonly [
  Weighted<Record<Level, readonly [string, ...string[]]>>,
  ...Weighted<Record<Level, readonly [string, ...string[]]>>[],
] = [
  [
    {
      c_level: ["CTO", "Chief Technology Officer", "Chief Information Officer"],
      vp: ["VP Engineering", "Vice President, Technology"],
      director: ["Director of Engineering", "IT Director", "Head of Platform"],
      manager: ["Engineering Manager", "IT Manager"],
      individual: ["Software Engineer", "Solutions Architect", "Security Analyst"],
    },
    28,
  ],
  [
    {
      c_level: ["CFO", "Chief Financial Officer"],
      vp: ["VP Finance"],
      director: ["Finance Director", "Head of Procurement"],
      manager: ["Finance Manager", "Procurement Manager"],
      individual: ["Financial Analyst", "Buyer"],
    },
    12,
  ],
  [
    {
      c_level: ["CMO", "Chief Marketing Officer"],
      vp: ["VP Marketing", "VP Demand Generation"],
      director: ["Director of Marketing Operations", "Head of Growth"],
      manager: ["Marketing Manager", "Campaign Manager"],
      individual: ["Marketing Specialist", "Content Writer"],
    },
    16,
  ],
  [
    {
      c_level: ["Chief Revenue Officer", "CRO"],
      vp: ["VP Sales"],
      director: ["Sales Director", "Director of Revenue Operations"],
      manager: ["Sales Operations Manager", "Account Manager"],
      individual: ["Account Executive", "Sales Development Representative"],
    },
    18,
  ],
  [
    {
      c_level: ["COO", "Chief Operating Officer"],
      vp: ["VP Operations"],
      director: ["Director of Operations"],
      manager: ["Operations Manager", "Project Manager"],
      individual: ["Operations Analyst", "Business Analyst"],
    },
    14,
  ],
  [
    {
      c_level: ["CEO", "Managing Director", "Founder & CEO"],
      vp: ["VP Product"],
      director: ["Director of Product"],
      manager: ["Product Manager"],
      individual: ["Product Designer", "Data Analyst"],
    },
    9,
  ],
  [
    {
      c_level: ["General Counsel"],
      vp: ["VP Legal & Compliance"],
      director: ["Compliance Director"],
      manager: ["Compliance Manager"],
      individual: ["Legal Counsel"],
    },
    3,
  ],
];

const levels: readonly [Weighted<Level>, ...Weighted<Level>[]] = [
  ["individual", 35],
  ["manager", 27],
  ["director", 20],
  ["vp", 10],
  ["c_level", 8],
];

export interface Job {
  title: string;
  level: Level;
}

export function makeJob(random: Random): Job {
  const level = random.weighted(levels);
  return { title: random.pick(random.weighted(functions)[level]), level };
}

/** Values of `hs_buying_role` that fit a level (hubspot-api.md §5.2). */
const roles: Record<Level, readonly [Weighted<string>, ...Weighted<string>[]]> = {
  c_level: [
    ["DECISION_MAKER", 5],
    ["BUDGET_HOLDER", 2],
    ["DECISION_MAKER;BUDGET_HOLDER", 2],
    ["EXECUTIVE_SPONSOR", 3],
    ["BLOCKER", 1],
  ],
  vp: [
    ["DECISION_MAKER", 4],
    ["BUDGET_HOLDER", 3],
    ["CHAMPION", 3],
    ["BLOCKER", 1],
  ],
  director: [
    ["CHAMPION", 5],
    ["INFLUENCER", 4],
    ["BUDGET_HOLDER", 1],
    ["LEGAL_AND_COMPLIANCE", 1],
    ["BLOCKER", 1],
  ],
  manager: [
    ["INFLUENCER", 5],
    ["CHAMPION", 2],
    ["END_USER", 3],
    ["CHAMPION;END_USER", 1],
    ["BLOCKER", 1],
  ],
  individual: [
    ["END_USER", 7],
    ["INFLUENCER", 2],
    ["OTHER", 1],
  ],
};

export const makeBuyingRole = (random: Random, level: Level): string => random.weighted(roles[level]);
