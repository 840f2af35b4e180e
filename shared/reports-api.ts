import type { EmptyText } from "./home-api.ts";

/** What the route Reports asks of the server. Every figure comes in words with what it is made of; the screen adds nothing. */
export const reportsApi = { getReports: "/api/reports" } as const;

/** Lengths of the period that can be chosen, in days. */
export const reportDays = [30, 90, 180] as const;
export type ReportDays = (typeof reportDays)[number];

/** Answer of `getReports`: whether the programme works (market.md §5). */
export interface ReportsView {
  readonly days: ReportDays;
  /** "24 Aug 2026 to 22 Nov 2026 (Europe/Madrid)" */
  readonly period: string;
  /** Set when no account holds a place in a tier. */
  readonly empty: EmptyText | null;
  readonly sections: readonly ReportSection[];
  /** What holds for all figures: how to read intervals, which accounts were counted, what they do not show. */
  readonly notes: readonly string[];
}

export interface ReportSection {
  readonly key: string;
  readonly title: string;
  /** Titles of the columns after the name of the figure: "All tiers", "Tier 1", … */
  readonly columns: readonly string[];
  readonly rows: readonly ReportRow[];
  readonly chart: ReportChart | null;
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
