import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { dayOf } from "./day.ts";
import type { Facts } from "./gather-facts.ts";
import type { Ignored } from "./sort-signals.ts";

/**
 * What counts once. "person-day": one person doing one kind of thing on one day, so that ten opens in an hour are one.
 * "person-day-subject": the same, but two downloads of different things are two. "signal": each.
 */
export type CountBy = "person-day" | "person-day-subject" | "signal";
export type Why = "counted" | "repeat" | Ignored;

/** The signals of a window, newest first. */
export interface SignalSelection {
  readonly listed: readonly Signal[];
  /** Beside `listed`; null when every one of them counted. */
  readonly whys: readonly Why[] | null;
  readonly counted: readonly Signal[];
  /** When the selection changes by time alone; Infinity: never. */
  readonly changesAt: number;
}

const nothing: SignalSelection = Object.freeze({
  listed: Object.freeze([]),
  whys: null,
  counted: Object.freeze([]),
  changesAt: Number.POSITIVE_INFINITY,
});

/** A signal is in from `at` (included) to `at` + window or its expiry (excluded), whichever comes first. */
export function selectSignals(facts: Facts, bucket: number, windowMs: number, countBy: CountBy): SignalSelection {
  const signals = facts.buckets[bucket];
  const newest = signals?.[0];
  if (signals === undefined || newest === undefined || newest.at + windowMs <= facts.now) return nothing;
  return selectPlain(signals, windowMs, countBy, facts) ?? selectEach(signals, windowMs, countBy, facts);
}

/** When every signal of the window simply counts, the bucket is the selection; null when one does not. */
function selectPlain(
  signals: readonly Signal[],
  windowMs: number,
  countBy: CountBy,
  { now, ignored }: Facts,
): SignalSelection | null {
  let count = 0;
  let endsAt = Number.POSITIVE_INFINITY;
  for (const signal of signals) {
    if (signal.at + windowMs <= now) break;
    if (signal.at > now || signal.expiresAt !== null) return null;
    if (ignored?.has(signal) === true) return null;
    if (countBy !== "signal" && isRepeat(signal, signals, count, countBy)) return null;
    endsAt = signal.at + windowMs;
    count++;
  }
  const counted = count === signals.length ? signals : signals.slice(0, count);
  return { listed: counted, whys: null, counted, changesAt: endsAt };
}

function selectEach(
  signals: readonly Signal[],
  windowMs: number,
  countBy: CountBy,
  { now, ignored }: Facts,
): SignalSelection {
  const listed: Signal[] = [];
  const whys: Why[] = [];
  const counted: Signal[] = [];
  let changesAt = Number.POSITIVE_INFINITY;
  for (const signal of signals) {
    if (signal.at + windowMs <= now) break;
    const endsAt = Math.min(signal.at + windowMs, signal.expiresAt ?? Number.POSITIVE_INFINITY);
    if (endsAt <= now || endsAt <= signal.at) continue;
    if (signal.at > now) {
      changesAt = Math.min(changesAt, signal.at);
      continue;
    }
    changesAt = Math.min(changesAt, endsAt);
    const why = ignored?.get(signal) ?? (isRepeat(signal, counted, counted.length, countBy) ? "repeat" : "counted");
    if (why === "counted") counted.push(signal);
    listed.push(signal);
    whys.push(why);
  }
  return { listed, whys, counted, changesAt };
}

/** Whether one of the first `count` says the same. They are sorted by time, so those of the same day stand at the end. */
function isRepeat(signal: Signal, counted: readonly Signal[], count: number, countBy: CountBy): boolean {
  if (countBy === "signal" || count === 0) return false;
  const day = dayOf(signal.at);
  for (let index = count - 1; index >= 0; index--) {
    const other = counted[index];
    if (other === undefined || dayOf(other.at) !== day) return false;
    const same = other.personId === signal.personId && other.kind === signal.kind;
    if (same && (countBy === "person-day" || other.subject === signal.subject)) return true;
  }
  return false;
}
