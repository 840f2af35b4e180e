import type { Signal, SnapshotPerson } from "@touchstone/shared/account-snapshot.ts";
import type { SeenSignal } from "./seen-signal.ts";

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

/** Only members of the account engage it; a mail scanner's burst is nobody's engagement. */
export function findEngaged(
  bucket: readonly SeenSignal[],
  people: ReadonlyMap<string, SnapshotPerson>,
  windowMs: number,
  now: number,
): Engaged {
  const found = new Set<string>();
  const counted: EngagedPerson[] = [];
  const ignored: EngagedPerson[] = [];
  let changesAt = Number.POSITIVE_INFINITY;
  for (const { signal, ignored: why } of bucket) {
    if (signal.at + windowMs <= now) break;
    if (signal.personId === null || why === "scanner") continue;
    const person = people.get(signal.personId);
    if (person === undefined) continue;
    const endsAt = Math.min(signal.at + windowMs, signal.expiresAt ?? Number.POSITIVE_INFINITY);
    if (endsAt <= now || endsAt <= signal.at) continue;
    if (signal.at > now) {
      changesAt = Math.min(changesAt, signal.at);
      continue;
    }
    if (found.has(person.id)) continue;
    found.add(person.id);
    changesAt = Math.min(changesAt, endsAt);
    (why === "role" ? ignored : counted).push({ person, newest: signal });
  }
  return { counted, ignored, changesAt };
}
