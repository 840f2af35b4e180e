import type { ImportProblem } from "../import-report.ts";

/** What is wrong in a row, before it is known whether the row is kept. */
export type RowNote = Pick<ImportProblem, "column" | "value" | "problem" | "note">;
