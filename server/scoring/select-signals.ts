import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { dayOf } from "./day.ts";
import type { SeenSignal } from "./seen-signal.ts";

/**
 * What counts once. "person-day": one person doing one kind of thing on one day, so that ten opens in an hour are one.
 * "person-day-subject": the same, but two downloads of different things are two. "signal": each.
 */
export type CountBy = "person-day" | "person-day-subject" | "signal";

export interface ListedSignal {
  readonly signal: Signal;
  readonly why: "counted" | "repeat" | "role" | "scanner";
}

/** The signals of a window, newest first. */
export interface SignalSelection {
  readonly listed: readonly ListedSignal[];
  readonly counted: readonly Signal[];
  /** When the selection changes by time alone; Infinity: never. */
  readonly changesAt: number;
}

/** A signal is in from `at` (included) to `at` + window or its expiry (excluded), whichever comes first. */
export function selectSignals(
  bucket: readonly SeenSignal[],
  windowMs: number,
  countBy: CountBy,
  now: number,
): SignalSelection {
  const listed: ListedSignal[] = [];
  const counted: Signal[] = [];
  let changesAt = Number.POSITIVE_INFINITY;
  for (const { signal, ignored } of bucket) {
    if (signal.at + windowMs <= now) break;
    const endsAt = Math.min(signal.at + windowMs, signal.expiresAt ?? Number.POSITIVE_INFINITY);
    if (endsAt <= now || endsAt <= signal.at) continue;
    if (signal.at > now) {
      changesAt = Math.min(changesAt, signal.at);
      continue;
    }
    changesAt = Math.min(changesAt, endsAt);
    const why = ignored ?? (isRepeat(signal, counted, countBy) ? "repeat" : "counted");
    if (why === "counted") counted.push(signal);
    listed.push({ signal, why });
  }
  return { listed, counted, changesAt };
}

/** Signals are sorted by time, so those of the same day stand at the end of what was counted. */
function isRepeat(signal: Signal, counted: readonly Signal[], countBy: CountBy): boolean {
  if (countBy === "signal") return false;
  const day = dayOf(signal.at);
  for (let index = counted.length - 1; index >= 0; index--) {
    const other = counted[index];
    if (other === undefined || dayOf(other.at) !== day) return false;
    const same = other.personId === signal.personId && other.kind === signal.kind;
    if (same && (countBy === "person-day" || other.subject === signal.subject)) return true;
  }
  return false;
}
