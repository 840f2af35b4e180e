import type { Buckets } from "./fill-buckets.ts";
import type { Ignored } from "./find-ignored.ts";
import type { OrderedSnapshot } from "./order-snapshot.ts";
import { whys } from "./why.ts";

export interface EngagedPerson {
  /** Number of the person, and of the person's newest engaging signal. */
  readonly person: number;
  readonly newest: number;
}

/** Who engaged within a window, most recent first. */
export interface Engaged {
  readonly counted: readonly EngagedPerson[];
  /** People in an ignored role, such as a blocker: listed, worth nothing (row 72). */
  readonly ignored: readonly EngagedPerson[];
  /** When this changes by time alone; Infinity: never. */
  readonly changesAt: number;
}

interface Engaging {
  readonly snapshot: OrderedSnapshot;
  /** Numbers of the engaging signals, newest first. */
  readonly signals: readonly number[];
  readonly ignored: Ignored;
  readonly members: ReadonlyMap<string, number>;
  readonly now: number;
}

/** For each window. Only members of the account engage it; a mail scanner's burst is nobody's engagement. */
export function findEngaged(
  snapshot: OrderedSnapshot,
  { members, sizes }: Buckets,
  bucket: number,
  ignored: Ignored,
  windows: readonly number[],
  now: number,
): Engaged[] {
  const signals = members[bucket]?.slice(0, sizes[bucket]) ?? [];
  const numbers = new Map<string, number>(snapshot.people.list.map(({ id }, number) => [id, number]));
  return windows.map((windowMs) => findWithin({ snapshot, signals, ignored, members: numbers, now }, windowMs));
}

function findWithin({ snapshot, signals, ignored, members, now }: Engaging, windowMs: number): Engaged {
  const { times, list, expires } = snapshot.signals;
  const found = new Set<number>();
  const engaged = { counted: [] as EngagedPerson[], ignored: [] as EngagedPerson[] };
  let changesAt = Number.POSITIVE_INFINITY;
  for (const newest of signals) {
    const at = times[newest] ?? 0;
    if (at + windowMs <= now || found.size === members.size) break;
    const person = members.get(list[newest]?.personId ?? "");
    const why = ignored?.[newest] ?? whys.counted;
    if (person === undefined || why === whys.scanner) continue;
    const endsAt = Math.min(at + windowMs, expires?.[newest] ?? Number.POSITIVE_INFINITY);
    if (endsAt <= now || endsAt <= at) continue;
    if (at > now) {
      changesAt = Math.min(changesAt, at);
      continue;
    }
    if (found.has(person)) continue;
    found.add(person);
    changesAt = Math.min(changesAt, endsAt);
    (why === whys.role ? engaged.ignored : engaged.counted).push({ person, newest });
  }
  return { ...engaged, changesAt };
}
