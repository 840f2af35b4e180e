import type { EmptyText } from "./home-api.ts";

/**
 * The sections of the route Reports, in their order: each is asked for by itself, so that one that is slow or fails holds up no
 * other. Every figure comes in words with what it is made of; the screen adds nothing.
 */
export const reportKeys = [
  "reach",
  "follow-up",
  "committees",
  "stages",
  "plays",
  "list",
  "pipeline",
  "deals",
  "back-test",
] as const;
export type ReportKey = (typeof reportKeys)[number];

/** Takes the query `days`. */
export const reportPath = (key: ReportKey): string => `/api/reports/${key}`;

/** Lengths of the period that can be chosen, in days. */
export const reportDays = [30, 90, 180] as const;
export type ReportDays = (typeof reportDays)[number];

/** One part of whether the programme works (market.md §5). */
export interface ReportView {
  readonly days: ReportDays;
  /** Null: there is nothing yet that it could be about. */
  readonly section: ReportSection | null;
  /** Said in place of the section that everything else builds on; null elsewhere. */
  readonly empty: EmptyText | null;
}

export interface ReportSection {
  readonly title: string;
  /** "24 Aug 2026 to 22 Nov 2026 (Europe/Madrid)", "As of 22 Nov 2026, 13:40 (Europe/Madrid)" */
  readonly when: string;
  /** Titles of the columns after the name of the figure: "All tiers", "Tier 1", … */
  readonly columns: readonly string[];
  readonly rows: readonly ReportRow[];
  readonly chart: ReportChart | null;
  /** What holds for its figures: how to read them, what was left out, what they do not show. */
  readonly notes: readonly string[];
}

export interface ReportRow {
  readonly key: string;
  readonly label: string;
  /** What is counted, as precisely as it is. */
  readonly definition: string;
  /** One for each column. */
  readonly cells: readonly ReportCell[];
}

export interface ReportCell {
  /** "12 of 40 (30 %)"; "n/a (0 of 0)" for none of none. */
  readonly value: string;
  /** "95 % interval 18–45 %", or what else belongs to the figure; may be empty. */
  readonly note: string;
}

export interface ReportChart {
  readonly kind: "line" | "bar";
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** In the order in which they stand. Those of one `group` have one colour; bars of one x stand on each other. */
  readonly points: readonly ReportPoint[];
}

export interface ReportPoint {
  readonly x: string;
  readonly y: number;
  readonly group: string;
}
