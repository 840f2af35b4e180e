import type { ObjectType } from "../seed-data.ts";
import type { AssociationLabels } from "./association-labels.ts";
import { pairOf, plainType, primaryType } from "./association-types.ts";

export interface RecordReference {
  readonly type: ObjectType;
  readonly id: string;
}

export interface Link {
  readonly toId: string;
  /** Type ids in rising order; one shared array per set, since a million links have few sets. */
  readonly typeIds: readonly number[];
}

export interface AssociationStore {
  /** Adds the types to both directions; returns the types that were new in the given direction. */
  add(from: RecordReference, to: RecordReference, typeIds: readonly number[]): number[];
  /** Removes the types (all when none are named) in both directions; returns those that were there. */
  remove(from: RecordReference, to: RecordReference, typeIds?: readonly number[]): readonly number[];
  links(from: RecordReference, to: ObjectType): readonly Link[];
  /** Everything that a record is linked with. */
  neighbours(from: RecordReference): { to: RecordReference; typeIds: readonly number[] }[];
  primary(from: RecordReference, to: ObjectType): string | null;
}

const none: readonly Link[] = [];

export function createAssociationStore(labels: AssociationLabels): AssociationStore {
  const pairs = new Map<string, Map<string, Link[]>>();
  const shared = new Map<string, readonly number[]>();

  const setOf = (typeIds: Iterable<number>): readonly number[] => {
    const ids = [...new Set(typeIds)].sort((a, b) => a - b);
    const key = ids.join();
    const known = shared.get(key) ?? ids;
    shared.set(key, known);
    return known;
  };
  const links = (from: RecordReference, to: ObjectType) => pairs.get(pairOf(from.type, to))?.get(from.id) ?? none;
  const typesBetween = (from: RecordReference, to: RecordReference) =>
    links(from, to.type).find((link) => link.toId === to.id)?.typeIds ?? [];
  const write = (from: RecordReference, to: RecordReference, typeIds: readonly number[]) => {
    const pair = pairOf(from.type, to.type);
    const byId = pairs.get(pair) ?? new Map<string, Link[]>();
    pairs.set(pair, byId);
    const list = byId.get(from.id) ?? [];
    const at = list.findIndex((link) => link.toId === to.id);
    if (typeIds.length > 0)
      list.splice(at < 0 ? list.length : at, at < 0 ? 0 : 1, { toId: to.id, typeIds: setOf(typeIds) });
    else if (at >= 0) list.splice(at, 1);
    if (list.length > 0) byId.set(from.id, list);
    else byId.delete(from.id);
  };
  const inverses = (from: RecordReference, to: RecordReference, typeIds: readonly number[]): number[] =>
    typeIds.map((id) => labels.inverse(from.type, to.type, id)).filter((id) => id !== undefined);

  return {
    add(from, to, typeIds) {
      const before = typesBetween(from, to);
      const fresh = typeIds.filter((id) => !before.includes(id));
      if (fresh.length === 0) return [];
      write(from, to, [...before, ...fresh]);
      write(to, from, [...typesBetween(to, from), ...inverses(from, to, fresh)]);
      return fresh;
    },
    remove(from, to, typeIds) {
      const before = typesBetween(from, to);
      const gone = typeIds ? before.filter((id) => typeIds.includes(id)) : before;
      if (gone.length === 0) return gone;
      const back = inverses(from, to, gone);
      write(
        from,
        to,
        before.filter((id) => !gone.includes(id)),
      );
      write(
        to,
        from,
        typesBetween(to, from).filter((id) => !back.includes(id)),
      );
      return gone;
    },
    links,
    neighbours(from) {
      const found: { to: RecordReference; typeIds: readonly number[] }[] = [];
      for (const [pair, byId] of pairs) {
        const [fromType, toType] = pair.split(">") as [ObjectType, ObjectType];
        if (fromType !== from.type) continue;
        for (const { toId, typeIds } of byId.get(from.id) ?? none)
          found.push({ to: { type: toType, id: toId }, typeIds });
      }
      return found;
    },
    primary(from, to) {
      const typeId = primaryType(from.type, to);
      if (typeId === undefined) return null;
      return links(from, to).find((link) => link.typeIds.includes(typeId))?.toId ?? null;
    },
  };
}

/** Types that a link gets when nobody names any: the plain one, and the primary one when asked for. */
export function defaultTypes(from: ObjectType, to: ObjectType, primary: boolean): number[] {
  const types = [plainType(from, to), primary ? primaryType(from, to) : undefined];
  return types.filter((id) => id !== undefined);
}
