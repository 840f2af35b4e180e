import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";

const longest = 80;

/** Trimmed text of a property; null when it is absent, null or blank, which are all unknown and never zero (row 40). */
export function readProperty(properties: AccountSnapshot["properties"], name: string): string | null {
  const value = Object.hasOwn(properties, name) ? properties[name] : null;
  if (value === null || value === undefined) return null;
  const text = value.trim();
  return text === "" ? null : text;
}

/** A decimal number as HubSpot sends it; null for anything else ("1,000", "about 50"). */
export function readNumber(text: string): number | null {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(text) ? Number(text) : null;
}

/** A value short enough to stand in a sentence. */
export function quoteValue(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
