import type { ImportState } from "./import-state.ts";
import { type ColumnMatch, type CsvType, matchColumns } from "./match-columns.ts";
import { type CsvFile, type CsvRow, openCsv } from "./read-csv.ts";
import { readLinks } from "./read-links.ts";
import { claimEmail, readProperties } from "./read-properties.ts";
import type { RowNote } from "./row-note.ts";

type Properties = Record<string, string | null>;

/** A row that has none of these and no id says nothing about anybody. */
const naming: Record<CsvType, string[]> = {
  companies: ["name", "domain"],
  contacts: ["email", "firstname", "lastname"],
  deals: ["dealname"],
};

const timeOf = (properties: Properties, name: string): number | null => {
  const value = properties[name];
  delete properties[name];
  return value ? Date.parse(value) : null;
};

function takeTimes(state: ImportState, type: CsvType, properties: Properties) {
  const createdAt = timeOf(properties, "createdate") ?? state.nowAt;
  const updatedAt = timeOf(properties, type === "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate");
  return { createdAt, updatedAt: Math.max(createdAt, updatedAt ?? createdAt) };
}

function rememberNames(state: ImportState, type: CsvType, id: string, properties: Properties): void {
  if (type === "companies") state.names.companies.add(properties.name, id);
  if (type !== "contacts") return;
  state.names.contacts.add([properties.firstname, properties.lastname].filter(Boolean).join(" "), id);
  state.names.contacts.add(properties.email, id);
}

/** Makes a record of a row, or says in a note why not. */
function takeRow(state: ImportState, type: CsvType, row: CsvRow, match: ColumnMatch, notes: RowNote[]): boolean {
  const properties = readProperties(state, row, match, notes);
  const given = (match.id === null ? "" : (row.cells.get(match.id) ?? "")).trim();
  if (given === "" && !naming[type].some((name) => properties[name])) {
    notes.push({ column: match.id, value: null, problem: "row has no id and no name: not kept" });
    return false;
  }
  const taken = state.ids[type].take(given, row.line);
  if ("duplicateOf" in taken) {
    notes.push({
      column: match.id,
      value: given,
      problem: "record id of an earlier row: not kept",
      note: `line ${taken.duplicateOf}`,
    });
    return false;
  }
  if (taken.made && match.id !== null) {
    notes.push({ column: match.id, value: given, problem: "no record id of HubSpot: one was made", note: taken.id });
  }
  if (type === "contacts") claimEmail(state, properties, notes);
  const links = readLinks(state, row, match, notes);
  rememberNames(state, type, taken.id, properties);
  const times = takeTimes(state, type, properties);
  state.records.add({ type, id: taken.id, properties, ...(links.length > 0 ? { links } : {}), ...times });
  return true;
}

function reportColumns(state: ImportState, type: CsvType, file: CsvFile, match: ColumnMatch): void {
  const report = (value: string | null, problem: string) =>
    state.writer.add({ file: file.name, line: 1, column: null, value, problem, kept: true });
  if (match.unknown.length > 0) report(match.unknown.join(", "), "columns that are not read");
  if (match.id === null) report(null, "no column Record ID: ids were made");
  const named = new Set([...match.properties.values()].map((definition) => definition.name));
  if (!named.has("createdate")) report(null, `no column Create Date: ${type} are as old as this import`);
}

/** Reads one file of an export. Every row ends as a record or as a line of the report. */
export async function importRows(state: ImportState, type: CsvType, path: string): Promise<void> {
  const file = await openCsv(path, state.writer);
  const match = matchColumns(type, file.header);
  reportColumns(state, type, file, match);
  const count = { rows: 0, kept: 0 };
  state.counts[type] = count;
  for await (const row of file.rows) {
    const notes: RowNote[] = [];
    const kept = takeRow(state, type, row, match, notes);
    count.rows += 1;
    if (kept) count.kept += 1;
    for (const note of notes) state.writer.add({ file: file.name, line: row.line, ...note, kept });
  }
}
