import { offsetAt } from "./offset-at.ts";

const dayMs = 86_400_000;

/** One for each zone, of which there are some hundred: making one costs more than many days do. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** "2026-11-22": the calendar day of a moment on the portal's clock. */
export const dayOf = (at: number, timeZone: string): string => formatFor(timeZone).format(at);

/** When a calendar day ends on the portal's clock; NaN for what is no day. */
export function dayEnd(day: string, timeZone: string): number {
  const utcEnd = Date.parse(day) + dayMs;
  if (Number.isNaN(utcEnd)) return utcEnd;
  // The offset of the end itself counts: clocks may be changed on that day.
  return utcEnd - offsetAt(utcEnd - offsetAt(utcEnd, timeZone), timeZone);
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  formats.set(timeZone, made);
  return made;
}
