import type { TodayLine } from "@touchstone/shared/home-api.ts";
import type { ClockCounts } from "../../db/count-clocks.ts";
import type { HotAlert } from "../../db/hot-alerts.ts";
import type { ReadyAccounts } from "./find-ready.ts";

export interface RankedLine {
  readonly accountId: string;
  readonly kind: TodayLine["kind"];
  /** The clock, where one runs or ran out. */
  readonly alert: HotAlert | null;
}

export interface RankedToday {
  readonly lines: readonly RankedLine[];
  /** All there are, as many as are shown or more. */
  readonly hot: number;
  readonly over: number;
  /** Of the ready accounts that were looked at. */
  readonly calls: number;
  /** Ready, and reached out to within the cool-down. */
  readonly inWork: number;
  /** How many ready accounts were looked at when there are more; null when all were. */
  readonly lookedAt: number | null;
}

interface Candidates {
  readonly alerts: readonly HotAlert[];
  /** How many clocks there are; `alerts` are the first of them. */
  readonly clocks: ClockCounts;
  readonly ready: ReadyAccounts;
  readonly now: number;
  readonly most: number;
}

/** Clocks that run, the one with the least time first; then those that ran out, the newest first; then calls by readiness. */
export function rankToday({ alerts, clocks, ready, now, most }: Candidates): RankedToday {
  const running = alerts.filter((alert) => alert.dueAt > now).sort((a, b) => a.dueAt - b.dueAt);
  const over = alerts.filter((alert) => alert.dueAt <= now).sort((a, b) => b.dueAt - a.dueAt);
  const calls = ready.accounts.filter(({ touched }) => !touched);
  const lines: RankedLine[] = [
    ...running.map((alert) => ({ accountId: alert.accountId, kind: "hot" as const, alert })),
    ...over.map((alert) => ({ accountId: alert.accountId, kind: "over" as const, alert })),
    ...calls.map(({ accountId }) => ({ accountId, kind: "call" as const, alert: null })),
  ];
  return {
    lines: lines.slice(0, most),
    hot: clocks.hot,
    over: clocks.over,
    calls: calls.length,
    inWork: ready.accounts.length - calls.length,
    lookedAt: ready.areAll ? null : ready.accounts.length,
  };
}
