import type { AccountSnapshot, Judgement, Signal, SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { type Engaged, findEngaged } from "./find-engaged.ts";
import { findScannerBursts } from "./find-scanner-bursts.ts";
import type { GateVerdict } from "./judge-gate.ts";
import type { SeenSignal } from "./seen-signal.ts";
import { uniquePeople } from "./unique-people.ts";
import { compareText, uniqueSignals } from "./unique-signals.ts";

/** A snapshot in the form in which criteria read it: everything unique, sorted and found by its kind. */
export interface Facts {
  readonly now: number;
  readonly properties: AccountSnapshot["properties"];
  readonly people: ReadonlyMap<string, SnapshotPerson>;
  /** Newest first; numbered by `FactNeeds.bucketOf`. */
  readonly buckets: readonly (readonly SeenSignal[])[];
  /** By criterion: the answer that stands, and when a later one (dated after `now`) takes over. */
  readonly judgements: ReadonlyMap<string, StandingJudgement>;
  /** Numbered by `FactNeeds.engagedWithin`. */
  readonly engaged: readonly Engaged[];
  /** By gate: verdicts of gates that rest on properties only. */
  readonly gates: ReadonlyMap<string, GateVerdict>;
  /**
   * Whether the CRM could have recorded anything: a person is known, or a signal was seen. If not, a criterion over
   * signals is unknown and not zero (row 40).
   */
  readonly observed: boolean;
  /** When `observed` turns true by time alone; Infinity: never. */
  readonly observedAt: number;
}

export interface StandingJudgement {
  readonly judgement: Judgement | null;
  readonly nextAt: number;
}

/** What the criteria of a model ask of the facts; filled while the model is compiled. */
export interface FactNeeds {
  readonly bucketsOfKind: ReadonlyMap<string, readonly number[]>;
  readonly bucketCount: number;
  readonly engagementBucket: number;
  readonly engagementWindows: readonly number[];
  readonly engagement: ScoringModel["engagement"];
}

export function gatherFacts(
  snapshot: AccountSnapshot,
  needs: FactNeeds,
  gates: ReadonlyMap<string, GateVerdict>,
  now: number,
): Facts {
  const people = uniquePeople(snapshot.people);
  const signals = uniqueSignals(snapshot.signals);
  const buckets = fillBuckets(signals, people, needs);
  const oldest = signals[signals.length - 1];
  const engagement = buckets[needs.engagementBucket] ?? [];
  return {
    now,
    properties: snapshot.properties,
    people,
    buckets,
    judgements: findStanding(snapshot.judgements, now),
    engaged: needs.engagementWindows.map((windowMs) => findEngaged(engagement, people, windowMs, now)),
    gates,
    observed: people.size > 0 || (oldest !== undefined && oldest.at <= now),
    observedAt: oldest !== undefined && oldest.at > now ? oldest.at : Number.POSITIVE_INFINITY,
  };
}

function fillBuckets(
  signals: readonly Signal[],
  people: ReadonlyMap<string, SnapshotPerson>,
  needs: FactNeeds,
): SeenSignal[][] {
  const bursts = findScannerBursts(signals, needs.engagement.scanner);
  const buckets: SeenSignal[][] = Array.from({ length: needs.bucketCount }, () => []);
  for (const signal of signals) {
    const wanted = needs.bucketsOfKind.get(signal.kind);
    if (wanted === undefined) continue;
    const person = signal.personId === null ? undefined : people.get(signal.personId);
    const seen = { signal, ignored: whyIgnored(signal, person, bursts, needs.engagement) };
    for (const bucket of wanted) buckets[bucket]?.push(seen);
  }
  return buckets;
}

function whyIgnored(
  signal: Signal,
  person: SnapshotPerson | undefined,
  bursts: ReadonlySet<Signal>,
  engagement: ScoringModel["engagement"],
): SeenSignal["ignored"] {
  if (person?.roles.some((role) => engagement.ignoredRoles.includes(role)) === true) return "role";
  return bursts.has(signal) ? "scanner" : null;
}

/** The newest answer to each criterion stands, even when it has expired: an older one never comes back. */
function findStanding(judgements: readonly Judgement[], now: number): Map<string, StandingJudgement> {
  const standing = new Map<string, StandingJudgement>();
  for (const judgement of judgements) {
    const known = standing.get(judgement.criterion) ?? { judgement: null, nextAt: Number.POSITIVE_INFINITY };
    standing.set(
      judgement.criterion,
      judgement.at > now
        ? { judgement: known.judgement, nextAt: Math.min(known.nextAt, judgement.at) }
        : { judgement: newer(known.judgement, judgement), nextAt: known.nextAt },
    );
  }
  return standing;
}

function newer(a: Judgement | null, b: Judgement): Judgement {
  if (a === null) return b;
  const order =
    b.at - a.at ||
    compareText(a.rung, b.rung) ||
    compareText(a.by, b.by) ||
    (b.expiresAt ?? Number.MAX_SAFE_INTEGER) - (a.expiresAt ?? Number.MAX_SAFE_INTEGER);
  return order > 0 ? b : a;
}
