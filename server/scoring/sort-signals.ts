import type { Signal, SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { findScannerBursts } from "./find-scanner-bursts.ts";

/** Why a signal adds nothing whatever the criterion. */
export type Ignored = "role" | "scanner";

export interface BucketPlan {
  /** Numbers of the buckets that want signals of a kind. */
  bucketsOfKind(kind: string): readonly number[] | undefined;
  readonly bucketCount: number;
}

export interface SortedSignals {
  /** Each newest first, and by key those of one moment. */
  readonly buckets: readonly (readonly Signal[])[];
  /** The least time between two neighbours; Infinity when there are fewer than two. */
  readonly leastGapMs: number;
}

/** One pass over signals that are ordered by time, then key. */
export function sortSignals(signals: readonly Signal[], plan: BucketPlan): SortedSignals {
  const buckets: Signal[][] = [];
  for (let number = 0; number < plan.bucketCount; number++) buckets.push([]);
  let leastGapMs = Number.POSITIVE_INFINITY;
  let laterAt = Number.POSITIVE_INFINITY;
  for (let end = signals.length; end > 0; ) {
    const at = signals[end - 1]?.at ?? 0;
    leastGapMs = Math.min(leastGapMs, laterAt - at);
    laterAt = at;
    let start = end - 1;
    while (start > 0 && signals[start - 1]?.at === at) start--;
    if (end - start > 1) leastGapMs = 0;
    for (let index = start; index < end; index++) {
      const signal = signals[index];
      const wanted = signal === undefined ? undefined : plan.bucketsOfKind(signal.kind);
      if (signal === undefined || wanted === undefined) continue;
      for (const number of wanted) buckets[number]?.push(signal);
    }
    end = start;
  }
  return { buckets, leastGapMs };
}

/** Signals of blockers and of mail scanners; null when there are none, as is usual. */
export function findIgnored(
  signals: readonly Signal[],
  leastGapMs: number,
  people: readonly SnapshotPerson[],
  engagement: ScoringModel["engagement"],
): ReadonlyMap<Signal, Ignored> | null {
  // Without two signals that close there is no burst: true of nearly every account, and known already.
  const isCalm = leastGapMs > engagement.scanner.withinSeconds * 1000;
  const bursts = isCalm ? [] : findScannerBursts(signals, engagement.scanner);
  const holders = findHolders(people, engagement.ignoredRoles);
  if (bursts.length === 0 && holders === null) return null;
  const ignored = new Map<Signal, Ignored>(bursts.map((signal) => [signal, "scanner"]));
  for (const signal of holders === null ? [] : signals) {
    if (signal.personId !== null && holders?.has(signal.personId) === true) ignored.set(signal, "role");
  }
  return ignored;
}

function findHolders(
  people: readonly SnapshotPerson[],
  roles: ScoringModel["engagement"]["ignoredRoles"],
): ReadonlySet<string> | null {
  if (roles.length === 0) return null;
  let holders: Set<string> | null = null;
  for (const person of people) {
    if (person.roles.length === 0 || !person.roles.some((role) => roles.includes(role))) continue;
    holders ??= new Set();
    holders.add(person.id);
  }
  return holders;
}
