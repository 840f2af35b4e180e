import { type ParsedText, parseNumber } from "../csv/parse-number.ts";
import { parseTime } from "../csv/parse-time.ts";
import type { CsvRow } from "../csv/read-csv.ts";
import type { RowNote } from "../csv/row-note.ts";
import { corrections } from "./sectors.ts";

/** Reads the cells of one row and notes what is odd about them. */
export function readCells({ cells }: CsvRow, notes: RowNote[]) {
  const text = (column: string): string => (cells.get(column) ?? "").trim();
  const note = (column: string, problem: string, more?: string) =>
    notes.push({ column, value: text(column) || null, problem, ...(more === undefined ? {} : { note: more }) });
  const take = (column: string, parsed: ParsedText): string | null => {
    if (parsed.problem) note(column, parsed.problem, parsed.note);
    return parsed.value;
  };
  return {
    text,
    note,
    number: (column: string) => (text(column) === "" ? null : take(column, parseNumber(text(column)))),
    /** Dates of the folder are month/day/year throughout, so none is ambiguous. */
    time: (column: string): number | null => {
      if (text(column) === "") return null;
      const parsed = parseTime(text(column), "datetime");
      if (parsed.value === null) note(column, "not a date: left empty");
      return parsed.value === null ? null : Date.parse(parsed.value);
    },
    corrected: (column: keyof typeof corrections): string => {
      const meant = corrections[column].get(text(column));
      if (meant !== undefined) note(column, "misspelt: corrected", `read as ${meant}`);
      return meant ?? text(column);
    },
  };
}
