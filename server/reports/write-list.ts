import { isChecked, isValid } from "@touchstone/shared/judge-answers.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportRow } from "@touchstone/shared/reports-api.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { countCheckAnswers } from "../db/report-facts.ts";
import type { SpotCheck } from "../db/spot-checks.ts";
import { proportionCell, type Worded } from "./report-cells.ts";

export interface ListFacts {
  readonly list: { readonly size: number; readonly reviewed: number; readonly kept: number };
  readonly check: SpotCheck | null;
  readonly answers: Awaited<ReturnType<typeof countCheckAnswers>>;
  readonly format: ReaderFormat;
}

/** Whether the target list holds (metric 16). Nothing while there is no list, and never was one that sales reviewed. */
export function writeList({ list, check, answers, format }: ListFacts): Worded | null {
  if (list.size === 0 && list.reviewed === 0) return null;
  const kept: ReportRow = {
    key: "kept",
    label: "Kept by sales",
    definition: `Accounts that sales keeps ÷ accounts that sales has reviewed, those included that were removed from the list since; ${list.size} are on it now. Under half, the ideal customer profile is in doubt.`,
    cells: [proportionCell(toProportion(list.kept, list.reviewed))],
  };
  return {
    title: "Does the target list hold?",
    columns: ["Target list"],
    rows: check === null ? [kept] : [validRow(check, answers, format), kept],
    chart: null,
    notes: [],
  };
}

function validRow(check: SpotCheck, answers: ListFacts["answers"], format: ReaderFormat): ReportRow {
  const count = (rows: ListFacts["answers"]) => rows.reduce((sum, { accounts }) => sum + accounts, 0);
  const checked = answers.filter(isChecked);
  return {
    key: "valid",
    label: "Valid in the spot check",
    definition: `Accounts that are valid ÷ accounts that were checked, of the ${count(answers)} that were drawn on ${format.day(check.drawnAt)} with the seed ${check.seed}. Valid: the data is right, and neither the problem nor the wish to buy was denied. The line is 80 %.`,
    cells: [proportionCell(toProportion(count(checked.filter(isValid)), count(checked)))],
  };
}
