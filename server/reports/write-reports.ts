import { createReaderFormat, type ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportDays, ReportSection, ReportsView } from "@touchstone/shared/reports-api.ts";
import { fewest } from "./report-cells.ts";

export interface ReportsFacts {
  readonly days: ReportDays;
  readonly from: number;
  readonly now: number;
  readonly timeZone: string;
  readonly format: ReaderFormat;
  /** Accounts that were counted, and all in a tier. */
  readonly counted: number;
  readonly total: number;
  /** "2026-11-22": the day on which the period begins, and the first one of which the tiers are known. */
  readonly startDay: string;
  readonly firstDay: string | null;
  /** Null: there is nothing yet that it could be about. */
  readonly sections: readonly (ReportSection | null)[];
}

/** The sections with the period, and what holds for all of them. */
export function writeReports(facts: ReportsFacts): ReportsView {
  const { days, from, now, timeZone, format, total } = facts;
  return {
    days,
    period: `${format.day(from)} to ${format.day(now)} (${timeZone})`,
    empty: total > 0 ? null : noProgramme,
    sections: facts.sections.filter((section) => section !== null),
    notes: notesOf(facts),
  };
}

/** A day is the same day everywhere. */
const utc = createReaderFormat({ locale: "en-GB", timeZone: "UTC" });

const noProgramme = {
  title: "No account is in a tier yet",
  text: "Reports count accounts that hold a place in a tier. Places are given as soon as the accounts are scored.",
};

function notesOf({ counted, total, firstDay, startDay }: ReportsFacts): string[] {
  return [
    counted < total ? `Counted are ${counted} of ${total} accounts in a tier, the first tiers first.` : "",
    `The interval says how far chance alone can carry a rate: in 95 of 100 cases the true one lies inside. Under ${fewest} a rate is a hint and no more.`,
    "Accounts were chosen because they looked better than others. That they do better does not show that the programme did it: compare them with accounts that wait for a place.",
    firstDay !== null && firstDay > startDay
      ? `What compares with the start of the period comes when the tiers of that day are known. They are kept since ${utc.day(Date.parse(firstDay))}.`
      : "",
  ].filter((note) => note !== "");
}
