import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { type CsvError, parse } from "csv-parse";
import type { ImportReportWriter } from "../import-report.ts";
import { type CsvDialect, detectCsv } from "./detect-csv.ts";
import { ImportLimitError } from "./import-limit-error.ts";

export interface CsvRow {
  /** Where the row begins; quoted cells may hold further lines. */
  line: number;
  /** By header text; a header that comes twice keeps its first cell. */
  cells: ReadonlyMap<string, string>;
}

export interface CsvFile {
  name: string;
  header: string[];
  rows: AsyncIterable<CsvRow>;
}

const largestFile = 200 * 1024 * 1024;
const mostRows = 1_000_000;
/** Longer records are an unclosed quote rather than data: HubSpot's longest text is 65,536. */
const longestRecord = 1_000_000;

async function* decode(path: string, { encoding }: CsvDialect) {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

type Parsed = { record: string[]; line: number };
type ReportLine = (line: number, value: string | null, problem: string, kept: boolean) => void;

/**
 * The parser counts a CRLF inside a quoted cell as two lines and tells where a record ends: this tells where it starts.
 */
function createLineCount() {
  let next = 1;
  let surplus = 0;
  return {
    next: () => next,
    startOf(record: readonly string[], ends: number): number {
      const count = (pattern: RegExp) => record.reduce((sum, cell) => sum + (cell.match(pattern)?.length ?? 0), 0);
      const line = ends - surplus - count(/[\r\n]/g);
      surplus += count(/\r\n/g);
      next = ends - surplus + 1;
      return line;
    },
  };
}

const endless = new Set(["CSV_QUOTE_NOT_CLOSED", "CSV_MAX_RECORD_SIZE"]);

/** What is no CSV is reported; after a quote that never closes nothing can be told apart any more, so reading ends. */
async function* parseRecords(path: string, dialect: CsvDialect, report: ReportLine): AsyncGenerator<Parsed> {
  const lines = createLineCount();
  let stopped = false;
  const parser = parse({
    bom: true,
    delimiter: dialect.delimiter,
    max_record_size: longestRecord,
    // The parser's types let a record be cells only, so its line travels as the first of them.
    on_record: (record, { lines: ends }) => (stopped ? null : [String(lines.startOf(record, ends)), ...record]),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on("skip", (error: CsvError) => {
    if (stopped) return;
    stopped = endless.has(error.code);
    if (stopped) report(lines.next(), null, "a quote is opened and not closed: nothing from here on is read", false);
    else report(lines.next(), error.code, "row cannot be read as CSV: not kept", false);
  });
  const source = Readable.from(decode(path, dialect));
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  for await (const cells of parser) {
    const [line, ...record] = cells as string[];
    yield { line: Number(line), record };
  }
}

async function checkSize(path: string, name: string): Promise<void> {
  const { size } = await stat(path);
  if (size > largestFile) {
    throw new ImportLimitError(
      `${name} has ${Math.ceil(size / 1_048_576)} MB; an import takes at most 200 MB per file.`,
    );
  }
}

/** Opens a CSV file and reads it as a stream: BOM, CRLF, quoted lines, three delimiters, three encodings. */
export async function openCsv(path: string, { add }: ImportReportWriter): Promise<CsvFile> {
  const name = basename(path);
  await checkSize(path, name);
  const dialect = await detectCsv(path);
  const report: ReportLine = (line, value, problem, kept) =>
    add({ file: name, line, column: null, value, problem, kept });
  if (dialect.encoding === "windows-1252") report(1, null, "file is not UTF-8: read as Windows-1252", true);
  const records = parseRecords(path, dialect, report);
  const first = await records.next();
  const header = first.done ? [] : first.value.record.map((text) => text.trim());
  if (header.length === 0) report(1, null, "file is empty", false);
  return { name, header, rows: toRows(records, header, name, report) };
}

async function* toRows(
  records: AsyncGenerator<Parsed>,
  header: string[],
  name: string,
  report: ReportLine,
): AsyncGenerator<CsvRow> {
  let count = 0;
  for await (const { record, line } of records) {
    count += 1;
    if (count > mostRows) throw new ImportLimitError(`${name} has more than 1,000,000 rows; split the file.`);
    if (record.length < header.length)
      report(line, null, "row has fewer cells than the header: the rest is empty", true);
    if (record.length > header.length) {
      report(
        line,
        record.slice(header.length).join(" | "),
        "row has more cells than the header: the rest is not read",
        true,
      );
    }
    const cells = new Map<string, string>();
    for (const [index, title] of header.entries()) {
      if (!cells.has(title)) cells.set(title, record[index] ?? "");
    }
    yield { line, cells };
  }
}
