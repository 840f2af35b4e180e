import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { ReportCell, ReportChart, ReportRow } from "@touchstone/shared/reports-api.ts";
import { toProportion } from "@touchstone/shared/wilson-interval.ts";
import type { ClockWeek, ReachTimes } from "../db/follow-up.ts";
import { proportionCell, type Worded } from "./report-cells.ts";

export interface FollowUpFacts {
  readonly weeks: readonly ClockWeek[];
  readonly times: ReachTimes;
  readonly now: number;
  readonly format: ReaderFormat;
}

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

/** Whether hot accounts are reached in time (metric 11). */
export function writeFollowUp(facts: FollowUpFacts): Worded {
  const { weeks, times } = facts;
  const sum = (pick: (week: ClockWeek) => number) => weeks.reduce((all, week) => all + pick(week), 0);
  const [met, late, missed, excusedAfter, excused] = [
    sum((week) => week.met),
    sum((week) => week.late),
    sum((week) => week.missed),
    sum((week) => week.excusedAfter),
    sum((week) => week.excused),
  ];
  const due = met + late + missed;
  const share = (part: number, whole: number) => proportionCell(toProportion(part, whole));
  return {
    title: "Are hot accounts reached in time?",
    columns: ["Hot accounts"],
    rows: [
      row(
        "met",
        "Reached in time",
        "Hot accounts to whom a person first reached out before their time was over ÷ hot accounts whose time ended in the period, without those that were excused with a reason before that.",
        share(met, due),
      ),
      row("late", "Reached too late", "The first outreach came after the time was over ÷ the same.", share(late, due)),
      row("missed", "Not reached", "Nobody reached out, or not yet ÷ the same.", share(missed, due)),
      row(
        "excused-after",
        "Excused after the time",
        "Of those not reached, those that somebody excused when their time was over already ÷ the same. A reason given late takes nobody out of the rate.",
        share(excusedAfter, due),
      ),
      row(
        "excused",
        "Excused",
        "Stopped with a reason before their time was over ÷ all whose time ended in the period.",
        share(excused, due + excused),
      ),
      row(
        "hours",
        "Time until somebody reached out",
        "From the moment when the account became hot to the first outreach, in time or late: the middle value, and the one that nine of ten stay below.",
        timesCell(times),
      ),
    ],
    chart: chartOf(facts),
    notes: ["Clocks that still run are in no figure."],
  };
}

const row = (key: string, label: string, definition: string, cell: ReportCell): ReportRow => ({
  key,
  label,
  definition,
  cells: [cell],
});

function timesCell({ answered, medianMs, p90Ms }: ReachTimes): ReportCell {
  if (medianMs === null || p90Ms === null) return { value: "n/a (0 of 0)", note: "" };
  const hours = (ms: number) => `${Math.round((10 * ms) / hourMs) / 10} h`;
  return { value: `median ${hours(medianMs)}`, note: `nine of ten within ${hours(p90Ms)}, ${answered} reached` };
}

const words = { met: "In time", late: "Too late", missed: "Not reached" } as const;

function chartOf({ weeks, now, format }: FollowUpFacts): ReportChart | null {
  const due = weeks.filter(({ met, late, missed }) => met + late + missed > 0);
  if (due.length === 0) return null;
  const points = due.toReversed().flatMap((week) =>
    (["met", "late", "missed"] as const).map((state) => ({
      x: format.day(now - week.week * weekMs),
      y: week[state],
      group: words[state],
    })),
  );
  return {
    kind: "bar",
    title: "Hot accounts whose time ended, by week",
    xLabel: "Week until",
    yLabel: "Hot accounts",
    points,
  };
}
