import type { Outcome } from "./simulate.ts";
import type { Week } from "./tally.ts";

const columns: readonly (readonly [heading: string, value: (week: Week) => number])[] = [
  ["week", (week) => week.number],
  ["events", (week) => week.events],
  ["requests", (week) => week.requests],
  ["scores moved", (week) => week.scoresMoved],
  ["tier moves", (week) => week.tierMoves],
  ["hot", (week) => Object.values(week.hot).reduce((sum, n) => sum + n, 0)],
  ["met", (week) => week.hot.met ?? 0],
  ["late", (week) => week.hot.late ?? 0],
  ["missed", (week) => week.hot.missed ?? 0],
  ["excused", (week) => week.hot.excused ?? 0],
  ["tasks so far", (week) => week.tasks],
  ["launched", (week) => week.launched],
  ["refused", (week) => week.refused],
];

export const weekHeadings = columns.map(([heading]) => heading).join("  ");

/** One line of the table, each figure under its heading. */
export const describeWeek = (week: Week): string =>
  columns.map(([heading, value]) => String(value(week)).padStart(heading.length)).join("  ");

/** What the run comes to, in a few lines, last the digest. */
export function describeOutcome(outcome: Outcome, run: { readonly again: string; readonly seconds: number }): string {
  const { violation, weeks, checked, digest } = outcome;
  const events = weeks.reduce((sum, week) => sum + week.events, 0);
  const hours = violation?.hour;
  const verdict = violation
    ? [
        `VIOLATED in hour ${hours}: ${violation.invariant}`,
        ...violation.breaches.slice(0, 10).map((breach) => `  ${breach}`),
        ...(violation.breaches.length > 10 ? [`  and ${violation.breaches.length - 10} more`] : []),
        `again: ${run.again}`,
      ]
    : ["All held."];
  return [
    "",
    ...verdict,
    `${events} events, ${checked} checks of invariants, ${violation ? 1 : 0} violated, ${run.seconds} s`,
    `digest of all states: ${digest}`,
  ].join("\n");
}
