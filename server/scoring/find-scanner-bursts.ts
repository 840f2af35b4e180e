import type { Signal } from "@touchstone/shared/account-snapshot.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";

type Scanner = ScoringModel["engagement"]["scanner"];

/**
 * Signals that a mail scanner made: at least `count` of them within `withinSeconds` in one account, which no readers do. A
 * scanner stands before a company's mail and looks at what comes for several people at once; and HubSpot tells only the
 * last open and click of each person, so that one person's burst is rarely seen whole. Looks at the whole list, not at a
 * window: what a machine did does not become a person's work as time passes. Takes a list sorted by time.
 */
export function findScannerBursts(signals: readonly Signal[], scanner: Scanner): readonly Signal[] {
  const mails = signals.filter(({ personId, kind }) => personId !== null && scanner.signals.includes(kind));
  const bursts = new Set<Signal>();
  let end = 0;
  for (let start = 0; start < mails.length; start++) {
    const first = mails[start]?.at ?? 0;
    while (end < mails.length && (mails[end]?.at ?? 0) - first <= scanner.withinSeconds * 1000) end++;
    if (end - start < scanner.count) continue;
    for (const signal of mails.slice(start, end)) bursts.add(signal);
  }
  return [...bursts];
}
