import type { ImportState } from "../csv/import-state.ts";
import type { CsvRow } from "../csv/read-csv.ts";
import type { RowNote } from "../csv/row-note.ts";
import { readCells } from "./read-cells.ts";
import type { RowResult } from "./row-result.ts";
import { sectorIndustries } from "./sectors.ts";

/**
 * A row of accounts.csv as a company. Names were given ids before, so that a parent may come later in the file; a row
 * without an id has no name or the name of an earlier row.
 */
export function readAccount(state: ImportState, row: CsvRow, id: string | undefined): RowResult {
  const notes: RowNote[] = [];
  const { text, note, number, corrected } = readCells(row, notes);
  const name = text("account");
  if (id === undefined) {
    note("account", name === "" ? "account without a name: not kept" : "account of an earlier row: not kept");
    return { record: null, notes };
  }
  const sector = corrected("sector");
  const industry = sectorIndustries.get(sector) ?? null;
  if (industry === null)
    note("sector", sector === "" ? "empty sector: left empty" : "sector that the table does not know: left empty");
  const millions = number("revenue");
  const parentName = text("subsidiary_of");
  const [parent] = parentName === "" ? [] : state.names.companies.find(parentName);
  if (parentName !== "" && parent === undefined) note("subsidiary_of", "association to an unknown company: left out");
  return {
    notes,
    record: {
      type: "companies",
      id,
      properties: {
        name,
        industry,
        numberofemployees: number("employees"),
        annualrevenue: millions === null ? null : String(Math.round(Number(millions) * 1_000_000)),
        country: corrected("office_location") || null,
        founded_year: text("year_established") || null,
        hs_parent_company_id: parent ?? null,
      },
      createdAt: 0,
      updatedAt: 0,
    },
  };
}
