import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";

const longest = 80;

/** Trimmed text of a property; null when it is absent, null or blank, which are all unknown and never zero (row 40). */
export function readProperty(properties: AccountSnapshot["properties"], name: string): string | null {
  const value = properties[name];
  // What an object inherits, such as "constructor", is never text.
  if (typeof value !== "string") return null;
  const text = isTrimmed(value) ? value : value.trim();
  return text === "" ? null : text;
}

/** Sure only of plain ASCII; anything else is left to `trim`. */
function isTrimmed(text: string): boolean {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first > 32 && first < 127 && last > 32 && last < 127;
}

/** A decimal number as HubSpot sends it; null for anything else ("1,000", "about 50"). */
export function readNumber(text: string): number | null {
  if (isDigits(text)) return Number(text);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(text) ? Number(text) : null;
}

function isDigits(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return text.length > 0;
}

/** A value short enough to stand in a sentence. */
export function quoteValue(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The numbers among the properties, by name: read once for all models. */
export function readNumbers(properties: AccountSnapshot["properties"]): Readonly<Record<string, number>> {
  const numbers: Record<string, number> = {};
  for (const name of Object.keys(properties)) {
    const text = readProperty(properties, name);
    const number = text === null ? null : readNumber(text);
    if (number !== null) numbers[name] = number;
  }
  return numbers;
}
