import type { Clock } from "../clock.ts";
import type { ObjectType } from "../seed-data.ts";
import type { PropertyValues, StoredRecord } from "./record-store.ts";

/** What the search may see of a record. */
export interface IndexedRecord {
  readonly id: string;
  readonly properties: PropertyValues;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface SearchIndex {
  lagMs: number;
  /** Call before a change: until the lag has passed, the search goes on seeing the record as it is now. */
  remember(type: ObjectType, id: string, before: StoredRecord | null): void;
  /** The record as the search sees it: an older version, null when it is not there yet, or `current`. */
  seen(type: ObjectType, id: string, current: StoredRecord | null): IndexedRecord | null;
  /** Records of the type that were deleted lately and that the search still finds. */
  ghosts(type: ObjectType): readonly string[];
}

interface Version {
  readonly until: number;
  readonly record: IndexedRecord | null;
}

/**
 * The search lags behind writes (hubspot-api.md §8). A copy of the whole index would double the memory of a large portal,
 * so only the versions that a recent write replaced are kept, until the lag has passed.
 */
export function createSearchIndex(clock: Clock, lagMs: number): SearchIndex {
  const replaced = new Map<ObjectType, Map<string, Version[]>>();
  const versionsOf = (type: ObjectType) => {
    const known = replaced.get(type) ?? new Map<string, Version[]>();
    replaced.set(type, known);
    return known;
  };
  const waiting = (type: ObjectType, id: string): Version[] => {
    const versions =
      versionsOf(type)
        .get(id)
        ?.filter((version) => version.until > clock.now()) ?? [];
    if (versions.length === 0) versionsOf(type).delete(id);
    return versions;
  };
  const index: SearchIndex = {
    lagMs,
    remember(type, id, before) {
      if (index.lagMs <= 0) return;
      const record = before && { ...before, properties: { ...before.properties } };
      versionsOf(type).set(id, [...waiting(type, id), { until: clock.now() + index.lagMs, record }]);
    },
    seen(type, id, current) {
      const [oldest] = waiting(type, id);
      return oldest ? oldest.record : current;
    },
    ghosts: (type) => [...versionsOf(type).keys()],
  };
  return index;
}
