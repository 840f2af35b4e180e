import type { ObjectType } from "../seed-data.ts";
import { pairOf } from "./association-types.ts";

export interface RecordReference {
  readonly type: ObjectType;
  readonly id: string;
}

export interface Link {
  readonly toId: string;
  /** Type ids in rising order; one shared array per set, since a million links have few sets. */
  readonly typeIds: readonly number[];
}

/** One direction of all links. Who writes one direction writes the other too: see the association store. */
export interface LinkTable {
  links(from: RecordReference, to: ObjectType): readonly Link[];
  typesBetween(from: RecordReference, to: RecordReference): readonly number[];
  /** No types: no link. */
  write(from: RecordReference, to: RecordReference, typeIds: readonly number[]): void;
  neighbours(from: RecordReference): { to: RecordReference; typeIds: readonly number[] }[];
}

const none: readonly Link[] = [];

export function createLinkTable(): LinkTable {
  const pairs = new Map<string, Map<string, Link[]>>();
  const toSet = createTypeSets();
  const links = (from: RecordReference, to: ObjectType) => pairs.get(pairOf(from.type, to))?.get(from.id) ?? none;
  return {
    links,
    typesBetween: (from, to) => links(from, to.type).find((link) => link.toId === to.id)?.typeIds ?? [],
    write(from, to, typeIds) {
      const pair = pairOf(from.type, to.type);
      const byId = pairs.get(pair) ?? new Map<string, Link[]>();
      pairs.set(pair, byId);
      const list = byId.get(from.id) ?? [];
      putLink(list, to.id, typeIds.length > 0 ? { toId: to.id, typeIds: toSet(typeIds) } : null);
      if (list.length > 0) byId.set(from.id, list);
      else byId.delete(from.id);
    },
    neighbours(from) {
      return [...pairs].flatMap(([pair, byId]) => {
        const [fromType, type] = pair.split(">") as [ObjectType, ObjectType];
        const own = fromType === from.type ? (byId.get(from.id) ?? none) : none;
        return own.map(({ toId, typeIds }) => ({ to: { type, id: toId }, typeIds }));
      });
    },
  };
}

function putLink(list: Link[], toId: string, link: Link | null): void {
  const at = list.findIndex((known) => known.toId === toId);
  if (link && at < 0) list.push(link);
  else if (link) list[at] = link;
  else if (at >= 0) list.splice(at, 1);
}

function createTypeSets(): (typeIds: readonly number[]) => readonly number[] {
  const shared = new Map<string, readonly number[]>();
  return (typeIds) => {
    const ids = [...new Set(typeIds)].sort((a, b) => a - b);
    const key = ids.join();
    const known = shared.get(key) ?? ids;
    shared.set(key, known);
    return known;
  };
}
