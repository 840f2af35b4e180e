import type { ObjectType } from "../seed-data.ts";
import type { AssociationLabels } from "./association-labels.ts";
import { plainType, primaryType } from "./association-types.ts";
import { createLinkTable, type LinkTable, type RecordReference } from "./link-table.ts";

export interface AssociationStore extends Pick<LinkTable, "links" | "neighbours"> {
  /** Adds the types to both directions; returns the types that were new in the given direction. */
  add(from: RecordReference, to: RecordReference, typeIds: readonly number[]): number[];
  /** Removes the types (all when none are named) in both directions; returns those that were there. */
  remove(from: RecordReference, to: RecordReference, typeIds?: readonly number[]): readonly number[];
  primary(from: RecordReference, to: ObjectType): string | null;
}

export function createAssociationStore(labels: AssociationLabels): AssociationStore {
  const { links, neighbours, typesBetween, write } = createLinkTable();
  const inverses = (from: RecordReference, to: RecordReference, typeIds: readonly number[]): number[] =>
    typeIds.map((id) => labels.inverse(from.type, to.type, id)).filter((id) => id !== undefined);
  return {
    links,
    neighbours,
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
      write(from, to, without(before, gone));
      write(to, from, without(typesBetween(to, from), back));
      return gone;
    },
    primary(from, to) {
      const typeId = primaryType(from.type, to);
      if (typeId === undefined) return null;
      return links(from, to).find((link) => link.typeIds.includes(typeId))?.toId ?? null;
    },
  };
}

function without(typeIds: readonly number[], gone: readonly number[]): number[] {
  return typeIds.filter((id) => !gone.includes(id));
}

/** Types that a link gets when nobody names any: the plain one, and the primary one when asked for. */
export function defaultTypes(from: ObjectType, to: ObjectType, primary: boolean): number[] {
  const types = [plainType(from, to), primary ? primaryType(from, to) : undefined];
  return types.filter((id) => id !== undefined);
}
