import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { signalKinds } from "@touchstone/shared/signal-kinds.ts";
import { indexKinds } from "./index-kinds.ts";

/**
 * The signals of one account in the form in which criteria read them: what is compared stands in lists of plain numbers,
 * because most of the time of scoring goes into fetching what lies scattered in memory.
 */
export interface SignalColumns {
  /** Newest first, and by key those of one moment. A signal's number is its place here and in the lists below. */
  readonly list: readonly Signal[];
  readonly times: readonly number[];
  /** Numbers of kinds: first those that all portals have (`kindNumber`), then the account's `ownKinds`. */
  readonly kinds: readonly number[];
  /** Kinds of the portal's own, numbered from `knownKindCount` on in this order. */
  readonly ownKinds: ReadonlyMap<string, number>;
  /** What each adds to a sum of sizes: its strength, 0 without one. */
  readonly sizes: readonly number[];
  /** Infinity for one that never expires; null when none does, as is usual. */
  readonly expires: readonly number[] | null;
  /** The least time between two neighbours, `longestGapMs` at most. */
  readonly leastGapMs: number;
}

const knownKinds = Object.keys(signalKinds);
export const knownKindCount = knownKinds.length;
/** Undefined for a portal's own kind. */
export const kindNumber = indexKinds(new Map(knownKinds.map((kind, number) => [kind, number])));

/** Longer than any model looks for mail scanners, and a small whole number, which an object holds without a box. */
const longestGapMs = 3_600_001;
const noOwnKinds: ReadonlyMap<string, number> = new Map();

// Scratch: to fill long lists and copy what is in them takes half the time of lists that grow while they are filled.
const scratchTimes: number[] = [];
const scratchKinds: number[] = [];
const scratchSizes: number[] = [];

/** Takes signals by time, then key, each once. */
export function readSignals(signals: readonly Signal[]): SignalColumns {
  const list = putNewestFirst(signals);
  let ownKinds: Map<string, number> | null = null;
  let leastGapMs = longestGapMs;
  let laterAt = Number.POSITIVE_INFINITY;
  let expire = false;
  let count = 0;
  for (const { at, kind, strength, expiresAt } of list) {
    let number = kindNumber(kind);
    if (number === undefined) {
      ownKinds ??= new Map();
      number = ownKinds.get(kind) ?? knownKindCount + ownKinds.size;
      ownKinds.set(kind, number);
    }
    leastGapMs = Math.min(leastGapMs, laterAt - at);
    laterAt = at;
    scratchTimes[count] = at;
    scratchKinds[count] = number;
    scratchSizes[count] = strength ?? 0;
    expire ||= expiresAt !== null;
    count++;
  }
  return {
    list,
    times: scratchTimes.slice(0, count),
    kinds: scratchKinds.slice(0, count),
    ownKinds: ownKinds ?? noOwnKinds,
    sizes: scratchSizes.slice(0, count),
    expires: expire ? list.map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY) : null,
    leastGapMs,
  };
}

/** Turns the list round, and those of one moment back again. */
function putNewestFirst(signals: readonly Signal[]): Signal[] {
  const list = signals.toReversed();
  for (let start = 0; start < list.length; ) {
    const at = list[start]?.at;
    let end = start + 1;
    while (end < list.length && list[end]?.at === at) end++;
    if (end - start > 1)
      list.slice(start, end).forEach((signal, index) => {
        list[end - 1 - index] = signal;
      });
    start = end;
  }
  return list;
}
