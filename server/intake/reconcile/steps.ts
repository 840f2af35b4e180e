import type { ReconcileScope } from "../../db/reconciles.ts";
import { isMirrorType, type MirrorType, mirrorTypes } from "../record-properties.ts";

export type StepKind = "definitions" | "changed" | "deleted" | "links" | "sweep";
export interface Step {
  readonly kind: StepKind;
  readonly type: MirrorType;
}

const each = (kind: StepKind, types: readonly MirrorType[]): Step[] => types.map((type) => ({ kind, type }));

/**
 * In this order, since each finds less than the one before it left: what HubSpot changed, what lies in its recycling bin,
 * who belongs to which company, and a slice of everything. The poll is for what HubSpot counts without a webhook
 * (hubspot-api.md §3.5): visits, opens, roll-ups, results that somebody changed by hand, and
 * one-to-one emails (decision 0039).
 */
const steps: Readonly<Record<ReconcileScope, readonly Step[]>> = {
  poll: each("changed", ["contacts", "companies", "emails"]),
  full: [
    ...each("definitions", ["companies"]),
    ...each("changed", mirrorTypes),
    ...each("deleted", mirrorTypes),
    ...each("links", ["contacts", "deals"]),
    ...each("sweep", mirrorTypes),
  ],
};

const keyOf = ({ kind, type }: Step): string => `${kind}:${type}`;

export const firstStep = (scope: ReconcileScope): string =>
  keyOf(steps[scope][0] ?? { kind: "sweep", type: "companies" });

/** Null when the step before was the last. */
export function stepAfter(scope: ReconcileScope, key: string): string | null {
  const next = steps[scope][steps[scope].findIndex((step) => keyOf(step) === key) + 1];
  return next ? keyOf(next) : null;
}

/** A step of another version of this program begins again at the first. */
export function readStep(scope: ReconcileScope, key: string): Step | null {
  const [, type = ""] = key.split(":");
  return (isMirrorType(type) && steps[scope].find((step) => keyOf(step) === key)) || null;
}
