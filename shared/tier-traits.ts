/** What other parts of the programme ask of a tier. */
export interface TierTraits {
  readonly key: string;
  readonly name: string;
  /** How closely its committees are mapped (row 75). */
  readonly mappingDepth: "person" | "title" | "category";
  /** Days between touches (row 57). */
  readonly touchDays: number;
  /** Whether each account has a named owner (row 66). */
  readonly ownerRequired: boolean;
}

/** Of the tiers that ship; a test holds them against the template. */
export const defaultTierTraits: readonly TierTraits[] = [
  { key: "tier_1", name: "Tier 1", mappingDepth: "person", touchDays: 7, ownerRequired: true },
  { key: "tier_2", name: "Tier 2", mappingDepth: "title", touchDays: 14, ownerRequired: true },
  { key: "tier_3", name: "Tier 3", mappingDepth: "category", touchDays: 30, ownerRequired: false },
];
