import type { Signal, SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import type { Ignored } from "./sort-signals.ts";

export interface EngagedPerson {
  readonly person: SnapshotPerson;
  /** The person's newest engaging signal. */
  readonly newest: Signal;
}

/** Who engaged within a window, most recent first. */
export interface Engaged {
  readonly counted: readonly EngagedPerson[];
  /** People in an ignored role, such as a blocker: listed, worth nothing (row 72). */
  readonly ignored: readonly EngagedPerson[];
  /** When this changes by time alone; Infinity: never. */
  readonly changesAt: number;
}

/** For each window. Only members of the account engage it; a mail scanner's burst is nobody's engagement. */
export function findEngaged(
  bucket: readonly Signal[],
  ignored: ReadonlyMap<Signal, Ignored> | null,
  people: readonly SnapshotPerson[],
  windows: readonly number[],
  now: number,
): Engaged[] {
  const members = new Map<string, SnapshotPerson>();
  for (const person of people) members.set(person.id, person);
  return windows.map((windowMs) => findWithin(bucket, ignored, members, windowMs, now));
}

function findWithin(
  bucket: readonly Signal[],
  ignored: ReadonlyMap<Signal, Ignored> | null,
  members: ReadonlyMap<string, SnapshotPerson>,
  windowMs: number,
  now: number,
): Engaged {
  const found = new Set<string>();
  const engaged = { counted: [] as EngagedPerson[], ignored: [] as EngagedPerson[] };
  let changesAt = Number.POSITIVE_INFINITY;
  for (const signal of bucket) {
    if (signal.at + windowMs <= now || found.size === members.size) break;
    const person = signal.personId === null ? undefined : members.get(signal.personId);
    const why = ignored?.get(signal);
    if (person === undefined || why === "scanner") continue;
    const endsAt = Math.min(signal.at + windowMs, signal.expiresAt ?? Number.POSITIVE_INFINITY);
    if (endsAt <= now || endsAt <= signal.at) continue;
    if (signal.at > now) {
      changesAt = Math.min(changesAt, signal.at);
      continue;
    }
    if (found.has(person.id)) continue;
    found.add(person.id);
    changesAt = Math.min(changesAt, endsAt);
    (why === "role" ? engaged.ignored : engaged.counted).push({ person, newest: signal });
  }
  return { ...engaged, changesAt };
}
