import type { AccountSnapshot, Signal, SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import { type Engaged, findEngaged } from "./find-engaged.ts";
import { findStanding, type StandingJudgement } from "./find-standing.ts";
import type { GateResults } from "./judge-gate.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { type BucketPlan, findIgnored, type Ignored, sortSignals } from "./sort-signals.ts";

/** A snapshot in the form in which criteria read it: everything unique, sorted and found by its kind. */
export interface Facts {
  readonly now: number;
  readonly properties: AccountSnapshot["properties"];
  /** By id. */
  readonly people: readonly SnapshotPerson[];
  /** Newest first; numbered by `CompileContext.bucketOf`. */
  readonly buckets: readonly (readonly Signal[])[];
  /** Signals that add nothing whatever the criterion; null when there are none. */
  readonly ignored: ReadonlyMap<Signal, Ignored> | null;
  /** By criterion: the answer that stands, and when a later one (dated after `now`) takes over. */
  readonly judgements: ReadonlyMap<string, StandingJudgement>;
  /** Numbered by `CompileContext.engagedWithin`. */
  readonly engaged: readonly Engaged[];
  /** Gates that rest on properties only; numbered as in the model. */
  readonly gates: GateResults;
  /**
   * Whether the CRM could have recorded anything: a person is known, or a signal was seen. If not, a criterion over
   * signals is unknown and not zero (row 40).
   */
  readonly observed: boolean;
  /** When `observed` turns true by time alone; Infinity: never. */
  readonly observedAt: number;
}

/** What the criteria of a model ask of the facts; filled while the model is compiled. */
export interface FactNeeds extends BucketPlan {
  readonly engagementBucket: number;
  readonly engagementWindows: readonly number[];
  readonly engagement: ScoringModel["engagement"];
}

const nobodyAsks: readonly Engaged[] = Object.freeze([]);

export function gatherFacts(snapshot: OrderedSnapshot, needs: FactNeeds, gates: GateResults, now: number): Facts {
  const { people, signals } = snapshot;
  const { buckets, leastGapMs } = sortSignals(signals, needs);
  const ignored = findIgnored(signals, leastGapMs, people, needs.engagement);
  const oldestAt = signals[0]?.at ?? Number.POSITIVE_INFINITY;
  return {
    now,
    properties: snapshot.properties,
    people,
    buckets,
    ignored,
    judgements: findStanding(snapshot.judgements, now),
    engaged:
      needs.engagementWindows.length === 0
        ? nobodyAsks
        : findEngaged(buckets[needs.engagementBucket] ?? [], ignored, people, needs.engagementWindows, now),
    gates,
    observed: people.length > 0 || oldestAt <= now,
    observedAt: oldestAt > now ? oldestAt : Number.POSITIVE_INFINITY,
  };
}
