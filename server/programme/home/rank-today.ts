import type { TodayLine } from "@touchstone/shared/home-api.ts";
import type { Outreach } from "@touchstone/shared/outreach-of.ts";
import type { ListedAccount } from "../../db/call-list.ts";
import type { HotAlert } from "../../db/hot-alerts.ts";

/** An account that somebody reached out to is left alone for so long, by everybody; ours. */
export const coolDownDays = 7;
const dayMs = 86_400_000;

export interface RankedLine {
  readonly accountId: string;
  readonly kind: TodayLine["kind"];
  /** The clock, where one runs or ran out. */
  readonly alert: HotAlert | null;
}

export interface RankedToday {
  readonly lines: readonly RankedLine[];
  readonly hot: number;
  readonly over: number;
  readonly calls: number;
  /** Ready, and reached out to within the cool-down. */
  readonly inWork: number;
}

interface Candidates {
  readonly alerts: readonly HotAlert[];
  /** The readiest first. */
  readonly ready: readonly ListedAccount[];
  readonly touches: ReadonlyMap<string, Outreach>;
  readonly now: number;
  readonly most: number;
}

/** Clocks that run, the one with the least time first; then those that ran out, the newest first; then calls by readiness. */
export function rankToday({ alerts, ready, touches, now, most }: Candidates): RankedToday {
  const running = alerts.filter((alert) => alert.dueAt > now).sort((a, b) => a.dueAt - b.dueAt);
  const over = alerts.filter((alert) => alert.dueAt <= now).sort((a, b) => b.dueAt - a.dueAt);
  const restedAt = now - coolDownDays * dayMs;
  const calls = ready.filter(({ accountId }) => (touches.get(accountId)?.at ?? 0) < restedAt);
  const lines: RankedLine[] = [
    ...running.map((alert) => ({ accountId: alert.accountId, kind: "hot" as const, alert })),
    ...over.map((alert) => ({ accountId: alert.accountId, kind: "over" as const, alert })),
    ...calls.map(({ accountId }) => ({ accountId, kind: "call" as const, alert: null })),
  ];
  return {
    lines: lines.slice(0, most),
    hot: running.length,
    over: over.length,
    calls: calls.length,
    inWork: ready.length - calls.length,
  };
}
