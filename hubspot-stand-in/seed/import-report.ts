/** One thing that an import could not take as it stood. */
export interface ImportProblem {
  file: string;
  /** Line of the file on which the row begins; 1 is the header. */
  line: number;
  column: string | null;
  /** As it stands in the file, cut to 200 characters. */
  value: string | null;
  /** Kind of problem and what was done about it: the same words for the same kind. */
  problem: string;
  /** What was made of the value. */
  note?: string;
  /** Whether the row became a record. */
  kept: boolean;
}

export interface ImportReport {
  /** In order of reading; at most 200,000, `total` counts all. */
  lines: ImportProblem[];
  total: number;
  byProblem: Map<string, { count: number; examples: ImportProblem[] }>;
}

export interface ImportReportWriter {
  report: ImportReport;
  add(problem: ImportProblem): void;
}

const mostLines = 200_000;
const mostExamples = 5;
const longestValue = 200;

/** `onLine` gets every line, also those beyond what is kept in memory: a caller may write them to a file. */
export function createImportReport(onLine?: (line: ImportProblem) => void): ImportReportWriter {
  const report: ImportReport = { lines: [], total: 0, byProblem: new Map() };
  return {
    report,
    add(problem) {
      const line = { ...problem, value: problem.value === null ? null : problem.value.slice(0, longestValue) };
      report.total += 1;
      if (report.lines.length < mostLines) report.lines.push(line);
      const group = report.byProblem.get(line.problem) ?? { count: 0, examples: [] };
      group.count += 1;
      if (group.examples.length < mostExamples) group.examples.push(line);
      report.byProblem.set(line.problem, group);
      onLine?.(line);
    },
  };
}
