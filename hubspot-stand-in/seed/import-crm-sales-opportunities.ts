import { join } from "node:path";
import type { SeedRecord } from "../seed-data.ts";
import { createImportState, type ImportState } from "./csv/import-state.ts";
import { type CsvRow, openCsv } from "./csv/read-csv.ts";
import type { ImportResult } from "./import-hubspot-csv.ts";
import type { ImportProblem } from "./import-report.ts";
import { readAccount } from "./sales-opportunities/read-account.ts";
import { readOpportunity } from "./sales-opportunities/read-opportunity.ts";
import type { RowResult } from "./sales-opportunities/row-result.ts";

export interface SalesOpportunitiesOptions {
  /** Folder with accounts.csv, sales_pipeline.csv, sales_teams.csv and products.csv. */
  folder: string;
  onLine?: (line: ImportProblem) => void;
}

const files = {
  accounts: "accounts.csv",
  deals: "sales_pipeline.csv",
  teams: "sales_teams.csv",
  products: "products.csv",
};

/** Reads a file whose columns have fixed names, and reports those that nothing is made of. */
async function* readRows(
  state: ImportState,
  folder: string,
  name: string,
  used: readonly string[],
): AsyncGenerator<CsvRow> {
  const file = await openCsv(join(folder, name), state.writer);
  const add = (value: string, problem: string) =>
    state.writer.add({ file: name, line: 1, column: null, value, problem, kept: true });
  const unread = file.header.filter((title) => !used.includes(title));
  const missing = used.filter((title) => !file.header.includes(title));
  if (unread.length > 0) add(unread.join(", "), "columns that are not read");
  if (missing.length > 0) add(missing.join(", "), "columns that are missing");
  yield* file.rows;
}

/** Reports what is wrong in a row and takes its record. */
function takeResult(
  state: ImportState,
  file: string,
  line: number,
  type: string,
  result: RowResult,
): SeedRecord | null {
  state.counts[type] ??= { rows: 0, kept: 0 };
  state.counts[type].rows += 1;
  const kept = result.record !== null;
  if (kept) state.counts[type].kept += 1;
  for (const note of result.notes) state.writer.add({ file, line, ...note, kept });
  return result.record;
}

async function readNames(state: ImportState, folder: string, name: string, column: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { line, cells } of readRows(state, folder, name, [column])) {
    const value = (cells.get(column) ?? "").trim();
    if (value !== "") names.push(value);
    else state.writer.add({ file: name, line, column, value: null, problem: "empty name: not kept", kept: false });
  }
  return names;
}

/**
 * Imports a folder shaped like "CRM Sales Opportunities" (docs/csv-import.md has the mapping). The same folder gives the
 * same records. Deals without a date of their own are dated by the newest date in the file.
 */
export async function importCrmSalesOpportunities({
  folder,
  onLine,
}: SalesOpportunitiesOptions): Promise<ImportResult> {
  const state = createImportState(0, onLine);
  const agents = await readNames(state, folder, files.teams, "sales_agent");
  for (const agent of agents) state.owners.idOf(agent);
  const products = await readNames(state, folder, files.products, "product");
  const companies = await readAccounts(state, folder);
  const deals = await readOpportunities(state, folder, { agents, products });
  setAges(companies, deals);
  for (const record of [...companies, ...deals]) state.records.add(record);
  return {
    seed: {
      portal: {
        portalId: 4_711_003,
        name: "CRM Sales Opportunities (fictitious)",
        timeZone: "America/Chicago",
        currency: "USD",
      },
      owners: state.owners.owners,
      records: state.records.batches,
    },
    report: state.writer.report,
    counts: state.counts,
  };
}

async function readAccounts(state: ImportState, folder: string): Promise<SeedRecord[]> {
  const columns = ["account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of"];
  const rows: CsvRow[] = [];
  for await (const row of readRows(state, folder, files.accounts, columns)) rows.push(row);
  const idByLine = new Map<number, string>();
  for (const { line, cells } of rows) {
    const name = (cells.get("account") ?? "").trim();
    if (name === "" || state.names.companies.find(name).length > 0) continue;
    const taken = state.ids.companies.take("", line);
    if ("duplicateOf" in taken) continue;
    state.names.companies.add(name, taken.id);
    idByLine.set(line, taken.id);
  }
  return rows.flatMap((row) => {
    const result = readAccount(state, row, idByLine.get(row.line));
    return takeResult(state, files.accounts, row.line, "companies", result) ?? [];
  });
}

async function readOpportunities(state: ImportState, folder: string, known: { agents: string[]; products: string[] }) {
  const columns = [
    "opportunity_id",
    "sales_agent",
    "product",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
  ];
  const deals: SeedRecord[] = [];
  for await (const row of readRows(state, folder, files.deals, columns)) {
    const record = takeResult(state, files.deals, row.line, "deals", readOpportunity(state, row, known));
    if (record) deals.push(record);
  }
  return deals;
}

/** A company is as old as its first deal; what has no date gets the newest one of the file. */
function setAges(companies: SeedRecord[], deals: SeedRecord[]): void {
  const newestAt = deals.reduce((newest, deal) => Math.max(newest, deal.updatedAt), 0);
  const firstAt = new Map<string, number>();
  for (const deal of deals) {
    if (deal.createdAt === 0) Object.assign(deal, { createdAt: newestAt, updatedAt: newestAt });
    const companyId = deal.links?.[0]?.id;
    if (companyId) firstAt.set(companyId, Math.min(firstAt.get(companyId) ?? deal.createdAt, deal.createdAt));
  }
  for (const company of companies) {
    const createdAt = firstAt.get(company.id) ?? newestAt;
    Object.assign(company, { createdAt, updatedAt: createdAt });
  }
}
