/** Companies that the demo and tests call by name. Their ids never change, whatever the seed. */
export const showcase = {
  /** Fits well, one director has begun to read: a CTO's demo request lifts it over a tier line. */
  justUnderTier2: {
    id: "4000000001",
    name: "Brightmere Software",
    people: { cto: "5000000011", director: "5000000012", engineer: "5000000013" },
  },
  /** Committee of six, meetings, replies, an open deal. */
  hot: {
    id: "4000000002",
    name: "Kestrelgate Systems",
    people: {
      cto: "5000000021",
      cfo: "5000000022",
      champion: "5000000023",
      manager: "5000000024",
      engineer: "5000000025",
      legal: "5000000026",
    },
  },
  /** Some opens and one download, three weeks ago. */
  lukewarm: { id: "4000000003", name: "Tallowmoor Analytics", people: { vp: "5000000031", manager: "5000000032" } },
  /** Nothing for five months. */
  cold: { id: "4000000004", name: "Osterfell Logistics", people: { director: "5000000041" } },
  customer: { id: "4000000005", name: "Pellwater Health", people: { coo: "5000000051", user: "5000000052" } },
  /** Marked as a partner, with plenty of engagement. */
  excluded: { id: "4000000006", name: "Goldfathom Casino", people: { ceo: "5000000061" } },
  /** A name, no people, no data. */
  empty: { id: "4000000007", name: "Quietloft Holdings", people: {} },
  /** No industry, a misspelt country, a person without title or last name. */
  messy: { id: "4000000008", name: "vantage-wold gmbh ", people: { nameless: "5000000081" } },
  /** Only the blocker opens mails (T30). */
  blocked: { id: "4000000009", name: "Ironcairn Components", people: { blocker: "5000000091", user: "5000000092" } },
  /** The person `shared` of `branch` is linked here too. */
  headOffice: { id: "4000000010", name: "Marrtide Cloud", people: { champion: "5000000101" } },
  branch: { id: "4000000011", name: "Marrtide Cloud Iberia", people: { shared: "5000000111" } },
  /** Two records of one company, with one domain: to be merged. */
  duplicateA: { id: "4000000012", name: "Fernstow Robotics", people: { vp: "5000000121" } },
  duplicateB: { id: "4000000013", name: "Fernstow Robotics Inc.", people: { director: "5000000131" } },
} as const;

/**
 * What a person would answer about `justUnderTier2`: with these four judgements it stands at 54 of 100 by market.md rows
 * 26–39, and a CTO's demo request takes it over 60.
 */
export const showcaseJudgements = {
  justUnderTier2: {
    business_model: "ideal",
    technology_maturity: "early_adopter",
    change_capability: "strong",
    decision_speed: "fast",
  },
} as const;

export type ShowcaseKey = keyof typeof showcase;
