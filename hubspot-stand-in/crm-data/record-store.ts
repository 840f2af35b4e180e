import type { ObjectType } from "../seed-data.ts";

export type PropertyValues = Record<string, string | null>;

export interface StoredRecord {
  readonly id: string;
  properties: PropertyValues;
  createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
  /** Calculated values of a loaded record are made at its first read, so that loading stays quick. */
  rolledUp: boolean;
}

interface RecordPage {
  readonly records: readonly StoredRecord[];
  readonly after: string | null;
}

export interface RecordStore {
  add(type: ObjectType, record: StoredRecord): void;
  /** The record as it lives now; null when unknown, archived or erased. Follows no merge. */
  find(type: ObjectType, id: string): StoredRecord | null;
  findArchived(type: ObjectType, id: string): StoredRecord | null;
  /** The id under which a merged record lives on (hubspot-api.md §0.8). */
  currentId(type: ObjectType, id: string): string;
  archive(type: ObjectType, id: string, at: number): StoredRecord | null;
  restore(type: ObjectType, id: string): StoredRecord | null;
  erase(type: ObjectType, id: string): StoredRecord | null;
  /** The old record is gone, or lies in the bin since `binAt`. */
  mergeAway(type: ObjectType, oldId: string, newId: string, binAt: number | null): void;
  /** In order of id, as HubSpot lists (§4.4). */
  page(type: ObjectType, after: string | null, limit: number, archived: boolean): RecordPage;
  inOrder(type: ObjectType): Iterable<StoredRecord>;
  count(type: ObjectType): number;
  /** Counted by type: what an app creates of one type leaves the ids of the others as they would have been. */
  newId(type: ObjectType): string;
}

export function createRecordStore(): RecordStore {
  const shelves = new Map<ObjectType, Shelf>();
  const lastIds = new Map<ObjectType, number>();
  const lastId = (type: ObjectType) => lastIds.get(type) ?? 900_000;
  const shelf = (type: ObjectType): Shelf => {
    const known = shelves.get(type);
    if (known) return known;
    const fresh = createShelf();
    shelves.set(type, fresh);
    return fresh;
  };
  return {
    add(type, record) {
      shelf(type).add(record);
      lastIds.set(type, Math.max(lastId(type), Number(record.id)));
    },
    find: (type, id) => shelf(type).active.get(id) ?? null,
    findArchived: (type, id) => shelf(type).archived.get(id) ?? null,
    currentId(type, id) {
      const { aliases } = shelf(type);
      let current = id;
      for (let next = aliases.get(current); next !== undefined; next = aliases.get(current)) current = next;
      return current;
    },
    archive(type, id, at) {
      const record = move(id, shelf(type).active, shelf(type).archived);
      if (record) record.archivedAt = at;
      return record;
    },
    restore(type, id) {
      const record = move(id, shelf(type).archived, shelf(type).active);
      if (record) record.archivedAt = null;
      return record;
    },
    erase(type, id) {
      const { active, archived } = shelf(type);
      const record = active.get(id) ?? archived.get(id) ?? null;
      active.delete(id);
      archived.delete(id);
      return record;
    },
    mergeAway(type, oldId, newId, binAt) {
      const { active, archived } = shelf(type);
      const old = move(oldId, active, archived);
      if (old) old.archivedAt = binAt;
      if (binAt === null) archived.delete(oldId);
      shelf(type).aliases.set(oldId, newId);
    },
    page: (type, after, limit, archived) => shelf(type).page(after, limit, archived),
    inOrder: (type) => shelf(type).inOrder(),
    count: (type) => shelf(type).active.size,
    newId: (type) => {
      const id = lastId(type) + 1;
      lastIds.set(type, id);
      return String(id);
    },
  };
}

function move(id: string, from: Map<string, StoredRecord>, to: Map<string, StoredRecord>): StoredRecord | null {
  const record = from.get(id);
  if (!record) return null;
  from.delete(id);
  to.set(id, record);
  return record;
}

type Shelf = ReturnType<typeof createShelf>;

/** The records of one type. `order` holds the ids as numbers, sorted when a listing needs it. */
function createShelf() {
  const active = new Map<string, StoredRecord>();
  const archived = new Map<string, StoredRecord>();
  const aliases = new Map<string, string>();
  const order: number[] = [];
  let sorted = true;
  const sortedIds = (): readonly number[] => {
    if (!sorted) order.sort((a, b) => a - b);
    sorted = true;
    return order;
  };
  return {
    active,
    archived,
    aliases,
    add(record: StoredRecord) {
      const id = Number(record.id);
      if (!Number.isSafeInteger(id) || String(id) !== record.id) throw new Error(`${record.id} is not a record id.`);
      if (active.has(record.id) || archived.has(record.id)) throw new Error(`There is a record ${record.id} already.`);
      sorted &&= id > (order.at(-1) ?? 0);
      order.push(id);
      active.set(record.id, record);
    },
    page(after: string | null, limit: number, wantArchived: boolean): RecordPage {
      const source = wantArchived ? archived : active;
      const ids = sortedIds();
      const records: StoredRecord[] = [];
      for (let at = after === null ? 0 : firstAbove(ids, Number(after)); at < ids.length; at++) {
        const record = source.get(String(ids[at]));
        if (!record) continue;
        if (records.length === limit) return { records, after: records.at(-1)?.id ?? null };
        records.push(record);
      }
      return { records, after: null };
    },
    *inOrder(): Iterable<StoredRecord> {
      for (const id of sortedIds()) {
        const record = active.get(String(id));
        if (record) yield record;
      }
    },
  };
}

function firstAbove(ids: readonly number[], bound: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? 0) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
