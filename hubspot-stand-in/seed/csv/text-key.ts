/**
 * One key for the spellings of a label: "Arts & Crafts", "arts and crafts" and ARTS_AND_CRAFTS are the same. Exports hold
 * labels or internal names, as the person who exports chooses.
 */
export const textKey = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/\band\b/g, " ")
    .replace(/\s+/g, "");
