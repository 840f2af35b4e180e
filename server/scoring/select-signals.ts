import { dayOf } from "./day.ts";
import type { Facts } from "./gather-facts.ts";
import { none } from "./score-record.ts";
import type { SignalColumns } from "./signal-columns.ts";
import { evidenceCode, type Why, whys } from "./why.ts";

/**
 * What counts once. "person-day": one person doing one kind of thing on one day, so that ten opens in an hour are one.
 * "person-day-subject": the same, but two downloads of different things are two. "signal": each.
 */
export type CountBy = "person-day" | "person-day-subject" | "signal";

/** The signals of a window, newest first. */
export interface SignalSelection {
  /** Codes of evidence of all signals in the window (`evidenceCode`); the first `listedCount` are this selection's. */
  readonly listed: readonly number[];
  readonly listedCount: number;
  /** Numbers of those that count; the first `countedCount` are this selection's. */
  readonly counted: readonly number[];
  readonly countedCount: number;
  /** When the selection changes by time alone; Infinity: never. */
  readonly changesAt: number;
}

// Scratch, written anew at each call: thirty selections for each account would cost more to make than to find.
const listed: number[] = [];
const counted: number[] = [];
const selection = { listed, listedCount: 0, counted, countedCount: 0, changesAt: 0.5 };

/**
 * A signal is in from `at` (included) to `at` + window or its expiry (excluded), whichever comes first. What it gives is
 * good until the next call.
 */
export function selectSignals(facts: Facts, bucket: number, windowMs: number, countBy: CountBy): SignalSelection {
  const { now, ignored, signals } = facts;
  const { times, expires } = signals;
  const numbers = facts.buckets.members[bucket] ?? counted;
  const size = facts.buckets.sizes[bucket] ?? 0;
  let listedCount = 0;
  let countedCount = 0;
  let changesAt = Number.POSITIVE_INFINITY;
  for (let index = 0; index < size; index++) {
    const number = numbers[index] ?? 0;
    const at = times[number] ?? 0;
    if (at + windowMs <= now) break;
    const endsAt = expires === null ? at + windowMs : Math.min(at + windowMs, expires[number] ?? 0);
    if (endsAt <= now || endsAt <= at) continue;
    if (at > now) {
      changesAt = Math.min(changesAt, at);
      continue;
    }
    changesAt = Math.min(changesAt, endsAt);
    let why: Why = ignored === null ? whys.counted : (ignored[number] ?? whys.counted);
    if (why === whys.counted && countBy !== "signal" && isRepeat(number, signals, countedCount, countBy)) {
      why = whys.repeat;
    }
    if (why === whys.counted) counted[countedCount++] = number;
    listed[listedCount++] = evidenceCode(number, why);
  }
  selection.listedCount = listedCount;
  selection.countedCount = countedCount;
  selection.changesAt = changesAt;
  return selection;
}

/** Whether one of the first `count` counted says the same. They are sorted by time: those of one day stand at the end. */
function isRepeat(number: number, { list, times }: SignalColumns, count: number, countBy: CountBy): boolean {
  const signal = list[number];
  const day = dayOf(times[number] ?? 0);
  for (let index = count - 1; index >= 0; index--) {
    const other = counted[index] ?? 0;
    if (dayOf(times[other] ?? 0) !== day) return false;
    const same = list[other]?.personId === signal?.personId && list[other]?.kind === signal?.kind;
    if (same && (countBy === "person-day" || list[other]?.subject === signal?.subject)) return true;
  }
  return false;
}

/** Number of the newest signal that counts, or `none`. */
export const newestOf = (selected: SignalSelection): number =>
  selected.countedCount === 0 ? none : (selected.counted[0] ?? none);
