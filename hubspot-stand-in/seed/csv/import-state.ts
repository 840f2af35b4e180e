import { createImportReport, type ImportProblem, type ImportReportWriter } from "../import-report.ts";
import { createRecordBatches, type RecordBatches } from "../record-batches.ts";
import type { CsvType } from "./match-columns.ts";
import { createNameBook, type NameBook } from "./name-book.ts";
import { createOwnerBook, type OwnerBook } from "./owner-book.ts";
import { createRecordIds, type RecordIds } from "./record-ids.ts";

/** What one import knows while it reads its files in order: companies, contacts, deals. */
export interface ImportState {
  nowAt: number;
  writer: ImportReportWriter;
  records: RecordBatches;
  owners: OwnerBook;
  ids: Record<CsvType, RecordIds>;
  /** Companies by name; contacts by full name and by address. */
  names: Record<"companies" | "contacts", NameBook>;
  emails: Set<string>;
  counts: Record<string, { rows: number; kept: number }>;
}

export const createImportState = (nowAt: number, onLine?: (line: ImportProblem) => void): ImportState => ({
  nowAt,
  writer: createImportReport(onLine),
  records: createRecordBatches(),
  owners: createOwnerBook(),
  ids: { companies: createRecordIds(), contacts: createRecordIds(), deals: createRecordIds() },
  names: { companies: createNameBook(), contacts: createNameBook() },
  emails: new Set(),
  counts: {},
});
