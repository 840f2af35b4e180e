import type { ImportState } from "./import-state.ts";
import type { ColumnMatch } from "./match-columns.ts";
import { parseValue } from "./parse-value.ts";
import type { CsvRow } from "./read-csv.ts";
import type { RowNote } from "./row-note.ts";

/** Property values of a row. Only those that have one: a missing name is empty in HubSpot as well. */
export function readProperties(state: ImportState, row: CsvRow, match: ColumnMatch, notes: RowNote[]) {
  const properties: Record<string, string | null> = {};
  for (const [title, definition] of match.properties) {
    const cell = row.cells.get(title) ?? "";
    if (definition.name === "hubspot_owner_id") {
      if (cell.trim() !== "") properties.hubspot_owner_id = state.owners.idOf(cell);
      continue;
    }
    const { value, problem, note } = parseValue(definition, cell);
    if (value !== null) properties[definition.name] = value;
    if (problem) notes.push({ column: title, value: cell, problem, ...(note === undefined ? {} : { note }) });
  }
  return properties;
}

/** HubSpot allows an address once. */
export function claimEmail(state: ImportState, properties: Record<string, string | null>, notes: RowNote[]): void {
  const { email } = properties;
  if (!email) return;
  if (state.emails.has(email)) {
    notes.push({ column: "Email", value: email, problem: "address of an earlier contact: left empty" });
    delete properties.email;
  }
  state.emails.add(email);
}
