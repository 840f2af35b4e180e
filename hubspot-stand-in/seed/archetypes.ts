import type { Weighted } from "./random.ts";

/** What kind of account a generated company is: one row says how alive it is. */
export interface Archetype {
  key: "hot" | "lukewarm" | "cold" | "customer" | "excluded" | "messy" | "empty";
  /** Share of core sectors, good size and good country. */
  fitShare: number;
  peopleWeight: number;
  dealWeight: number;
  /** Share of people who ever did something. */
  engagedShare: number;
  /** Median days since they last did it. */
  recencyDays: number;
  /** Most activity records in 90 days. */
  maxActivities: number;
  lifecycle: readonly [Weighted<string>, ...Weighted<string>[]];
  targetShare: number;
}

const row = (archetype: Archetype): Archetype => archetype;

export const archetypes: readonly [Weighted<Archetype>, ...Weighted<Archetype>[]] = [
  [
    row({
      key: "cold",
      fitShare: 0.4,
      peopleWeight: 0.8,
      dealWeight: 0.5,
      engagedShare: 0.15,
      recencyDays: 120,
      maxActivities: 3,
      lifecycle: [
        ["lead", 6],
        ["subscriber", 2],
        ["marketingqualifiedlead", 2],
      ],
      targetShare: 0.1,
    }),
    36,
  ],
  [
    row({
      key: "lukewarm",
      fitShare: 0.6,
      peopleWeight: 1.1,
      dealWeight: 1.2,
      engagedShare: 0.4,
      recencyDays: 30,
      maxActivities: 10,
      lifecycle: [
        ["lead", 3],
        ["marketingqualifiedlead", 5],
        ["salesqualifiedlead", 2],
      ],
      targetShare: 0.35,
    }),
    22,
  ],
  [
    row({
      key: "customer",
      fitShare: 0.7,
      peopleWeight: 1.5,
      dealWeight: 3.5,
      engagedShare: 0.45,
      recencyDays: 25,
      maxActivities: 12,
      lifecycle: [["customer", 1]],
      targetShare: 0.3,
    }),
    13,
  ],
  [
    row({
      key: "messy",
      fitShare: 0.4,
      peopleWeight: 0.8,
      dealWeight: 0.8,
      engagedShare: 0.3,
      recencyDays: 50,
      maxActivities: 5,
      lifecycle: [
        ["lead", 4],
        ["other", 1],
      ],
      targetShare: 0.1,
    }),
    11,
  ],
  [
    row({
      key: "hot",
      fitShare: 0.92,
      peopleWeight: 1.8,
      dealWeight: 2.5,
      engagedShare: 0.7,
      recencyDays: 8,
      maxActivities: 26,
      lifecycle: [
        ["salesqualifiedlead", 4],
        ["opportunity", 6],
      ],
      targetShare: 0.85,
    }),
    7,
  ],
  [
    row({
      key: "empty",
      fitShare: 0.3,
      peopleWeight: 0,
      dealWeight: 0,
      engagedShare: 0,
      recencyDays: 90,
      maxActivities: 0,
      lifecycle: [["lead", 1]],
      targetShare: 0,
    }),
    6,
  ],
  [
    row({
      key: "excluded",
      fitShare: 0,
      peopleWeight: 0.6,
      dealWeight: 0.1,
      engagedShare: 0.3,
      recencyDays: 40,
      maxActivities: 2,
      lifecycle: [
        ["lead", 3],
        ["other", 2],
      ],
      targetShare: 0,
    }),
    5,
  ],
];
