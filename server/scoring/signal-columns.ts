import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { signalKinds } from "@touchstone/shared/signal-kinds.ts";
import { indexKinds } from "./index-kinds.ts";

/** The signals of one account in the form in which criteria read them: what is compared stands in lists of plain numbers. */
export interface SignalColumns {
  /** Newest first, and by key those of one moment. A signal's number is its place here and in the lists below. */
  readonly list: readonly Signal[];
  readonly times: readonly number[];
  /** Numbers of kinds: first those that all portals have (`kindNumber`), then the account's `ownKinds`. */
  readonly kinds: readonly number[];
  readonly ownKinds: readonly string[];
  /** Infinity for one that never expires; null when none does, as is usual. */
  readonly expires: readonly number[] | null;
  /** The least time between two neighbours; Infinity when there are fewer than two. */
  readonly leastGapMs: number;
}

const knownKinds = Object.keys(signalKinds);
export const knownKindCount = knownKinds.length;
/** Undefined for a portal's own kind. */
export const kindNumber = indexKinds(new Map(knownKinds.map((kind, number) => [kind, number])));

/** Takes signals by time, then key, each once. */
export function readSignals(signals: readonly Signal[]): SignalColumns {
  const list: Signal[] = [];
  const times: number[] = [];
  const kinds: number[] = [];
  const ownKinds: string[] = [];
  let leastGapMs = Number.POSITIVE_INFINITY;
  let laterAt = Number.POSITIVE_INFINITY;
  let expire = false;
  for (let end = signals.length; end > 0; ) {
    const at = signals[end - 1]?.at ?? 0;
    let start = end - 1;
    while (start > 0 && signals[start - 1]?.at === at) start--;
    leastGapMs = end - start > 1 ? 0 : Math.min(leastGapMs, laterAt - at);
    laterAt = at;
    for (let index = start; index < end; index++) {
      const signal = signals[index];
      if (signal === undefined) continue;
      list.push(signal);
      times.push(at);
      kinds.push(kindNumber(signal.kind) ?? numberOfOwn(signal.kind, ownKinds));
      expire ||= signal.expiresAt !== null;
    }
    end = start;
  }
  const expires = expire ? list.map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY) : null;
  return { list, times, kinds, ownKinds, expires, leastGapMs };
}

function numberOfOwn(kind: string, ownKinds: string[]): number {
  const known = ownKinds.indexOf(kind);
  if (known !== -1) return knownKindCount + known;
  return knownKindCount + ownKinds.push(kind) - 1;
}
