import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";

type Scanner = ScoringModel["engagement"]["scanner"];

/**
 * Signals that a mail scanner made: at least `count` of them by one person within `withinSeconds`, which no reader does.
 * Looks at the whole list, not at a window: what a machine did does not become a person's work as time passes. Takes a
 * list sorted by time.
 */
export function findScannerBursts(signals: readonly Signal[], scanner: Scanner): readonly Signal[] {
  const bursts = new Set<Signal>();
  for (const own of groupByPerson(signals, scanner).values()) {
    let end = 0;
    for (let start = 0; start < own.length; start++) {
      const first = own[start]?.at ?? 0;
      while (end < own.length && (own[end]?.at ?? 0) - first <= scanner.withinSeconds * 1000) end++;
      if (end - start < scanner.count) continue;
      for (const signal of own.slice(start, end)) bursts.add(signal);
    }
  }
  return [...bursts];
}

function groupByPerson(signals: readonly Signal[], scanner: Scanner): Map<string, Signal[]> {
  const groups = new Map<string, Signal[]>();
  for (const signal of signals) {
    if (signal.personId === null || !scanner.signals.includes(signal.kind)) continue;
    const group = groups.get(signal.personId);
    if (group === undefined) groups.set(signal.personId, [signal]);
    else group.push(signal);
  }
  return groups;
}
