import type { PortalId } from "@touchstone/shared/ids.ts";
import type { ImportedSignalsView, SentSignalLine } from "@touchstone/shared/signals-api.ts";
import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import type { Context } from "../context.ts";
import { BadRequest } from "../errors.ts";
import { countLines, requireSmallBody } from "./receive-signals.ts";
import { batchSize, recordSignals } from "./record-signals.ts";

/** A file of 1 MB holds some 10,000 lines of a usual length. */
const maxLines = 20_000;
const maxListed = 1_000;

const columns = [
  "id",
  "source",
  "kind",
  "personId",
  "companyId",
  "companyDomain",
  "at",
  "strength",
  "subject",
] as const;
const laterColumns = ["expiresAt", "legalBasis", "relevance", "recency", "volume"] as const;
type Column = (typeof columns)[number] | (typeof laterColumns)[number];
const allColumns: readonly Column[] = [...columns, ...laterColumns];
const needed: readonly Column[] = ["id", "source", "kind", "at"];

/** `POST /api/signals/import`: the columns of `POST /api/signals`, in any order; an empty cell is an absent field. */
export async function importSignals(
  ctx: Pick<Context, "db" | "queue" | "now" | "log">,
  portalId: PortalId,
  origin: string,
  file: Buffer,
): Promise<ImportedSignalsView> {
  requireSmallBody(file);
  const rows = readRows(file);
  const done: (SentSignalLine & { line: number })[] = [];
  for (let at = 0; at < rows.length; at += batchSize) {
    const batch = rows.slice(at, at + batchSize);
    const values = batch.map((row) => toSignal(row.cells));
    const lines = await recordSignals(ctx, portalId, origin, values);
    done.push(...lines.map((line, index) => ({ ...line, line: batch[index]?.line ?? 0 })));
  }
  const lines = done.flatMap(({ line, status, message }) => (status === "stored" ? [] : [{ line, status, message }]));
  // What must be repaired goes first into the bounded list.
  lines.sort((a, b) => Number(a.status === "known") - Number(b.status === "known") || a.line - b.line);
  return { ...countLines(done), lines: lines.slice(0, maxListed) };
}

type Cells = Partial<Record<Column, string>>;

function readRows(file: Buffer): { line: number; cells: Cells }[] {
  try {
    const rows: { info: { lines: number }; record: Cells }[] = parse(file, {
      bom: true,
      columns: readHeader,
      delimiter: [",", ";", "\t"],
      info: true,
      max_record_size: 20_000,
      relax_column_count: true,
      skip_empty_lines: true,
      to: maxLines + 1,
      trim: true,
    });
    if (rows.length > maxLines) {
      throw new BadRequest(`The file has more than ${maxLines} lines: send it in parts. Nothing was stored.`);
    }
    if (rows.length === 0) throw new BadRequest("The file has no line with a signal. Nothing was stored.");
    return rows.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BadRequest(`The file is no CSV that can be read: ${error.message.slice(0, 200)}. Nothing was stored.`);
  }
}

/** "Person ID" and "person_id" are `personId`. */
function readHeader(header: readonly string[]): Column[] {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, "");
  const found = header.map((name) => {
    const column = allColumns.find((one) => plain(one) === plain(name));
    if (column) return column;
    throw new BadRequest(
      `No column is called "${name.slice(0, 50)}": use ${allColumns.join(", ")}. Nothing was stored.`,
    );
  });
  const missing = needed.filter((name) => !found.includes(name));
  if (missing.length > 0) throw new BadRequest(`The column ${missing.join(", ")} is missing. Nothing was stored.`);
  if (new Set(found).size < found.length) throw new BadRequest("A column stands there twice. Nothing was stored.");
  return found;
}

/** Cells are text: numbers and times are read as the JSON of `POST /api/signals` would hold them. */
function toSignal(cells: Cells): Record<string, unknown> {
  const text = (name: Column) => cells[name] || undefined;
  const number = (name: Column) => {
    const value = text(name);
    return value !== undefined && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  };
  const { relevance, recency, volume } = {
    relevance: number("relevance"),
    recency: number("recency"),
    volume: number("volume"),
  };
  const rated = [relevance, recency, volume].some((one) => one !== undefined);
  const words = ["id", "source", "kind", "personId", "companyId", "companyDomain", "subject", "legalBasis"] as const;
  return {
    ...Object.fromEntries(words.flatMap((name) => (text(name) === undefined ? [] : [[name, text(name)]]))),
    at: number("at"),
    strength: number("strength"),
    expiresAt: number("expiresAt"),
    ...(rated && { ratings: { relevance, recency, volume } }),
  };
}
