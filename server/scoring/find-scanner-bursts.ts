import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import type { SignalColumns } from "./signal-columns.ts";

type Scanner = ScoringModel["engagement"]["scanner"];

/**
 * Numbers of the signals that a mail scanner made: at least `count` of them within `withinSeconds` in one account, which no
 * readers do. A scanner stands before a company's mail and looks at what comes for several people at once; and HubSpot tells
 * only the last open and click of each person, so that one person's burst is rarely seen whole. Looks at the whole list, not
 * at a window: what a machine did does not become a person's work as time passes. Of what is dated after `now` nothing is known yet.
 */
export function findScannerBursts({ list, times }: SignalColumns, scanner: Scanner, now: number): ReadonlySet<number> {
  const mails = [...list.keys()].filter((number) => (times[number] ?? 0) <= now && isMail(list[number], scanner));
  const timeOf = (index: number): number => times[mails[index] ?? 0] ?? 0;
  const bursts = new Set<number>();
  let end = 0;
  for (let start = 0; start < mails.length; start++) {
    while (end < mails.length && timeOf(start) - timeOf(end) <= scanner.withinSeconds * 1000) end++;
    if (end - start < scanner.count) continue;
    for (const number of mails.slice(start, end)) bursts.add(number);
  }
  return bursts;
}

const isMail = (signal: SignalColumns["list"][number] | undefined, scanner: Scanner): boolean =>
  signal !== undefined && signal.personId !== null && scanner.signals.includes(signal.kind);
