import type { ObjectType } from "../seed-data.ts";
import type { RecordReference } from "./link-table.ts";

/** Who made a change, as webhooks name it (hubspot-api.md §3.3). */
export interface Actor {
  readonly changeSource: string;
  readonly sourceId: string;
}

interface Happened {
  readonly actor: Actor;
  readonly at: number;
}

interface LifeChange extends Happened {
  readonly kind: "creation" | "deletion" | "restore" | "privacyDeletion";
  readonly type: ObjectType;
  readonly id: string;
}

interface PropertyChange extends Happened {
  readonly kind: "propertyChange";
  readonly type: ObjectType;
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

interface MergeChange extends Happened {
  readonly kind: "merge";
  readonly type: ObjectType;
  readonly primaryId: string;
  readonly mergedIds: readonly string[];
  readonly newId: string;
  readonly propertiesMoved: number;
}

export interface AssociationChange extends Happened {
  readonly kind: "associationChange";
  readonly from: RecordReference;
  readonly to: RecordReference;
  readonly removed: boolean;
  readonly primary: boolean;
}

export type Change = LifeChange | PropertyChange | MergeChange | AssociationChange;
