import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { Buckets } from "./fill-buckets.ts";
import { type Engaged, findEngaged } from "./find-engaged.ts";
import type { Ignored } from "./find-ignored.ts";
import { findStanding, type StandingJudgement } from "./find-standing.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import type { PeopleColumns } from "./people-columns.ts";
import type { GateRecord } from "./score-record.ts";
import type { SignalColumns } from "./signal-columns.ts";

/** What the criteria of a model read of one account at one moment. Good until the next account (see `compileBuckets`). */
export interface Facts {
  readonly now: number;
  readonly properties: AccountSnapshot["properties"];
  /** By name, of the properties that hold a number. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly people: PeopleColumns;
  readonly signals: SignalColumns;
  /** Numbered by `CompileContext.bucketOf`. */
  readonly buckets: Buckets;
  readonly ignored: Ignored;
  /** By criterion: the answer that stands, and when a later one (dated after `now`) takes over. */
  readonly judgements: ReadonlyMap<string, StandingJudgement>;
  /** Numbered by `CompileContext.engagedWithin`. */
  readonly engaged: readonly Engaged[];
  /** Gates that rest on properties only, null for the others; numbered as in the model. */
  readonly gates: readonly (GateRecord | null)[];
  /**
   * Whether the CRM could have recorded anything: a person is known, or a signal was seen. If not, a criterion over
   * signals is unknown and not zero (row 40).
   */
  readonly observed: boolean;
  /** When `observed` turns true by time alone; Infinity: never. */
  readonly observedAt: number;
}

/** What the criteria of a model ask of the facts; filled while the model is compiled. */
export interface FactNeeds {
  fillBuckets(signals: SignalColumns): Buckets;
  findIgnored(snapshot: OrderedSnapshot, now: number): Ignored;
  readonly engagementBucket: number;
  readonly engagementWindows: readonly number[];
}

const nobodyAsks: readonly Engaged[] = Object.freeze([]);

export function gatherFacts(
  ordered: OrderedSnapshot,
  needs: FactNeeds,
  gates: readonly (GateRecord | null)[],
  now: number,
): Facts {
  const { snapshot, people, signals } = ordered;
  const buckets = needs.fillBuckets(signals);
  const ignored = needs.findIgnored(ordered, now);
  const { engagementBucket, engagementWindows } = needs;
  const oldestAt = signals.times[signals.times.length - 1] ?? Number.POSITIVE_INFINITY;
  return {
    now,
    properties: snapshot.properties,
    numbers: ordered.numbers,
    people,
    signals,
    buckets,
    ignored,
    judgements: findStanding(snapshot.judgements, now),
    engaged:
      engagementWindows.length === 0
        ? nobodyAsks
        : findEngaged(ordered, buckets, engagementBucket, ignored, engagementWindows, now),
    gates,
    observed: people.list.length > 0 || oldestAt <= now,
    observedAt: oldestAt > now ? oldestAt : Number.POSITIVE_INFINITY,
  };
}
