import type { ObjectType } from "../seed-data.ts";
import {
  childToParent,
  hubSpotLabel,
  inverseOfHubSpotType,
  pairOf,
  parentToChild,
  plainType,
  primaryType,
} from "./association-types.ts";

interface LabelledType {
  readonly category: "HUBSPOT_DEFINED" | "USER_DEFINED";
  readonly typeId: number;
  readonly label: string | null;
}

interface OwnLabel {
  readonly typeId: number;
  readonly inverseId: number;
  label: string;
}

/** At most this many labels of a portal's own between two object types (hubspot-api.md §6.2). */
export const mostOwnLabels = 10;

export interface AssociationLabels {
  list(from: ObjectType, to: ObjectType): LabelledType[];
  /** Null when the pair has its ten labels already. */
  create(from: ObjectType, to: ObjectType, label: string, inverseLabel: string): LabelledType[] | null;
  rename(from: ObjectType, to: ObjectType, typeId: number, label: string): boolean;
  remove(from: ObjectType, to: ObjectType, typeId: number): boolean;
  describe(from: ObjectType, to: ObjectType, typeId: number): LabelledType;
  inverse(from: ObjectType, to: ObjectType, typeId: number): number | undefined;
}

export function createAssociationLabels(): AssociationLabels {
  const own = new Map<string, OwnLabel[]>();
  let nextTypeId = 1_000;
  const ownOf = (from: ObjectType, to: ObjectType): OwnLabel[] => {
    const pair = pairOf(from, to);
    const known = own.get(pair) ?? [];
    own.set(pair, known);
    return known;
  };
  const find = (from: ObjectType, to: ObjectType, typeId: number) => ownOf(from, to).find((l) => l.typeId === typeId);
  const describe = (from: ObjectType, to: ObjectType, typeId: number): LabelledType => {
    const label = find(from, to, typeId);
    if (label) return { category: "USER_DEFINED", typeId, label: label.label };
    return { category: "HUBSPOT_DEFINED", typeId, label: hubSpotLabel(from, to, typeId) };
  };
  return {
    describe,
    list(from, to) {
      const ids = [...hubSpotTypes(from, to), ...ownOf(from, to).map((label) => label.typeId)];
      return ids.map((typeId) => describe(from, to, typeId));
    },
    create(from, to, label, inverseLabel) {
      if (ownOf(from, to).length >= mostOwnLabels) return null;
      const [typeId, inverseId] = [nextTypeId++, nextTypeId++];
      ownOf(from, to).push({ typeId, inverseId, label });
      ownOf(to, from).push({ typeId: inverseId, inverseId: typeId, label: inverseLabel });
      return [describe(from, to, typeId), describe(to, from, inverseId)];
    },
    rename(from, to, typeId, label) {
      const known = find(from, to, typeId);
      if (known) known.label = label;
      return known !== undefined;
    },
    remove(from, to, typeId) {
      const known = find(from, to, typeId);
      if (!known) return false;
      own.set(
        pairOf(from, to),
        ownOf(from, to).filter((label) => label !== known),
      );
      own.set(
        pairOf(to, from),
        ownOf(to, from).filter((label) => label.typeId !== known.inverseId),
      );
      return true;
    },
    inverse: (from, to, typeId) => inverseOfHubSpotType(from, to, typeId) ?? find(from, to, typeId)?.inverseId,
  };
}

function hubSpotTypes(from: ObjectType, to: ObjectType): number[] {
  const ids = [plainType(from, to), primaryType(from, to)].filter((id) => id !== undefined);
  return from === "companies" && to === "companies" ? [...ids, childToParent, parentToChild] : ids;
}
