import type { ImportProblem, ImportReport } from "./import-report.ts";

export interface ImportSummary {
  counts: Record<string, { rows: number; kept: number }>;
  report: ImportReport;
}

/** Control characters of a file must not reach a terminal. */
const shown = (value: string): string => JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value);

function exampleLine({ file, line, column, value, note, kept }: ImportProblem): string {
  const where = `${file}:${line}${column === null ? "" : ` ${column}`}`;
  const what = value === null ? "" : ` ${shown(value)}`;
  return `    ${where}${what}${note ? ` → ${note}` : ""}${kept ? "" : " (row not kept)"}`;
}

/** Lines for the terminal: what was read, then each kind of problem with its first examples, most frequent first. */
export function formatImportReport({ counts, report }: ImportSummary, fullReportPath?: string): string[] {
  const read = Object.entries(counts).map(
    ([type, { rows, kept }]) => `  ${type}: ${kept} of ${rows} rows became records`,
  );
  if (report.total === 0) return ["Import:", ...read, "  Nothing to report: every value was taken as it stands."];
  const groups = [...report.byProblem.entries()].sort(
    ([nameA, a], [nameB, b]) => b.count - a.count || nameA.localeCompare(nameB),
  );
  const problems = groups.flatMap(([problem, { count, examples }]) => {
    const more = count - examples.length;
    return [`  ${count} × ${problem}`, ...examples.map(exampleLine), ...(more > 0 ? [`    and ${more} more`] : [])];
  });
  const where = fullReportPath ? [`  All ${report.total} lines: ${fullReportPath}`] : [];
  return ["Import:", ...read, `${report.total} lines to look at:`, ...problems, ...where];
}
