import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import { hasRepeatedKey } from "./has-repeated-key.ts";

/**
 * By time, then key, each key once, whatever the order and the repetitions of the list (T31). A list that is so already,
 * as every stored snapshot's is, is given back itself.
 */
export function orderSignals(signals: readonly Signal[]): readonly Signal[] {
  return isSorted(signals) && !hasRepeatedKey(signals) ? signals : sortUnique(signals);
}

function isSorted(signals: readonly Signal[]): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < signals.length; index++) {
    const at = signals[index]?.at ?? 0;
    if (at <= before && (at < before || isOutOfOrder(signals[index - 1], signals[index]))) return false;
    before = at;
  }
  return true;
}

/** Of two signals of one moment. */
const isOutOfOrder = (a: Signal | undefined, b: Signal | undefined): boolean =>
  a === undefined || b === undefined || b.key <= a.key;

function sortUnique(signals: readonly Signal[]): Signal[] {
  const byKey = new Map<string, Signal>();
  for (const signal of signals) {
    const known = byKey.get(signal.key);
    if (known === undefined || prefer(signal, known) < 0) byKey.set(signal.key, signal);
  }
  return [...byKey.values()].sort((a, b) => a.at - b.at || compareText(a.key, b.key));
}

/** Of two signals with one key the later and stronger wins; the rest only makes the choice certain. */
function prefer(a: Signal, b: Signal): number {
  return (
    b.at - a.at ||
    (b.strength ?? -1) - (a.strength ?? -1) ||
    compareText(a.kind, b.kind) ||
    compareText(a.personId ?? "", b.personId ?? "") ||
    compareText(a.subject ?? "", b.subject ?? "") ||
    compareText(a.source, b.source) ||
    (b.expiresAt ?? Number.MAX_SAFE_INTEGER) - (a.expiresAt ?? Number.MAX_SAFE_INTEGER)
  );
}

/** By code unit: the order of a locale could differ between machines. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
