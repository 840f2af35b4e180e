/** "row 26" → "guide row 26": a model's source names rows of the guide that ships with Touchstone's documents. */
export const guideRows = (source: string): string => source.replace(/\brows? (?=\d)/g, "guide $&");
