import type { SeedData } from "../seed-data.ts";
import { importRows } from "./csv/import-rows.ts";
import { createImportState } from "./csv/import-state.ts";
import type { ImportSummary } from "./format-import-report.ts";
import type { ImportProblem } from "./import-report.ts";

export interface HubSpotCsvOptions {
  /** Paths of HubSpot's CSV exports; each at most 200 MB and 1,000,000 rows. */
  companies?: string;
  contacts?: string;
  deals?: string;
  /** Age of records without a create date. */
  nowAt: number;
  /** ISO 4217 code of the amounts, USD when absent. */
  currency?: string;
  /** Gets every line of the report, also those that are too many to keep. */
  onLine?: (line: ImportProblem) => void;
}

export interface ImportResult extends ImportSummary {
  seed: SeedData;
}

/**
 * Reads exports of a portal (docs/csv-import.md). Same files, same `nowAt`: same records and same report. Throws
 * `ImportLimitError` for a file that is too large, and the system's error for one that cannot be read.
 */
export async function importHubSpotCsv(options: HubSpotCsvOptions): Promise<ImportResult> {
  const state = createImportState(options.nowAt, options.onLine);
  for (const type of ["companies", "contacts", "deals"] as const) {
    const path = options[type];
    if (path !== undefined) await importRows(state, type, path);
  }
  return {
    seed: {
      portal: { portalId: 4_711_002, name: "CSV import", timeZone: "UTC", currency: options.currency ?? "USD" },
      owners: state.owners.owners,
      records: state.records.batches,
    },
    report: state.writer.report,
    counts: state.counts,
  };
}
