import type { ParsedText } from "./parse-number.ts";

const pad = (text: string | undefined) => (text ?? "0").padStart(2, "0");

/** Milliseconds of a calendar day and clock time in UTC, or null: 30 February is no day. */
function toMs(
  year: string,
  month: string,
  day: string,
  rest: { hour?: string; minute?: string; second?: string },
): number | null {
  const date = `${year}-${pad(month)}-${pad(day)}`;
  const at = Date.parse(`${date}T${pad(rest.hour)}:${pad(rest.minute)}:${pad(rest.second)}Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? null : at;
}

const clock = String.raw`(?:[T ,]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?)?`;
const yearFirst = new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})${clock}Z?$`);
const yearLast = new RegExp(String.raw`^(?<first>\d{1,2})[/.](?<second0>\d{1,2})[/.](?<year>\d{4})${clock}$`);

interface TimeReading {
  at: number | null;
  ambiguous: boolean;
}

function readTime(text: string): TimeReading {
  if (/^\d{12,13}$/.test(text)) return { at: Number(text), ambiguous: false };
  const iso = yearFirst.exec(text)?.groups;
  if (iso) return { at: toMs(iso.year ?? "", iso.month ?? "", iso.day ?? "", iso), ambiguous: false };
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+[+-]\d{2}:\d{2}$/.test(text)) {
    const at = Date.parse(text);
    return { at: Number.isNaN(at) ? null : at, ambiguous: false };
  }
  const parts = yearLast.exec(text)?.groups;
  if (!parts) return { at: null, ambiguous: false };
  const { first = "", second0 = "", year = "" } = parts;
  const dayFirst = Number(first) > 12 || text.includes(".");
  const at = dayFirst ? toMs(year, second0, first, parts) : toMs(year, first, second0, parts);
  return { at, ambiguous: !dayFirst && Number(second0) <= 12 && first !== second0 };
}

/** A time as HubSpot stores it. Exports carry no zone: read as UTC. 3/4/2026 is read as 4 March and reported. */
export function parseTime(text: string, type: "date" | "datetime"): ParsedText {
  const { at, ambiguous } = readTime(text);
  if (at === null) return { value: null, problem: "not a date: left empty" };
  const iso = new Date(at).toISOString();
  const value = type === "date" ? iso.slice(0, 10) : iso;
  if (!ambiguous) return { value };
  return { value, problem: "day and month could be swapped: read as month first", note: `read as ${iso.slice(0, 10)}` };
}
