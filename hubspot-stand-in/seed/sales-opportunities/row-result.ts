import type { SeedRecord } from "../../seed-data.ts";
import type { RowNote } from "../csv/row-note.ts";

/** A row as a record, or null with a note that says why not. */
export interface RowResult {
  record: SeedRecord | null;
  notes: RowNote[];
}
