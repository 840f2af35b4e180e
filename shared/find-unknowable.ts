import type { Criterion } from "./criterion-shapes.ts";
import type { ModelFault } from "./model-fault.ts";
import type { ModelEngagement } from "./model-shape.ts";
import { outputProperties } from "./output-properties.ts";
import { signalKinds } from "./signal-kinds.ts";

type Path = (string | number)[];

/** What a criterion rests on and no account can ever have: it would stay unknown, or zero, for good. */
export function findUnknowable(criterion: Criterion, engagement: ModelEngagement | null, path: Path): ModelFault[] {
  return [
    ...findPropertyFaults(criterion, path),
    ...findKindFaults(criterion, path),
    ...(engagement === null ? [] : findRoleFaults(criterion, engagement, path)),
  ];
}

function findPropertyFaults(criterion: Criterion, path: Path): ModelFault[] {
  if (!("property" in criterion) || criterion.property === undefined) return [];
  const { property } = criterion;
  const at = [...path, "property"];
  if (property !== property.toLowerCase()) {
    const message = `can never be known: HubSpot's internal names are in small letters, write ${property.toLowerCase()}`;
    return [{ path: at, message }];
  }
  if (!outputProperties.some(({ name }) => name === property)) return [];
  const message = `${property} is written by Touchstone itself: a score cannot rest on a score, name another property`;
  return [{ path: at, message }];
}

/** A kind of the portal's own may have any name but one that is a misspelt kind of ours. */
function findKindFaults(criterion: Criterion, path: Path): ModelFault[] {
  if (!("signals" in criterion)) return [];
  return criterion.signals.flatMap((kind, index) => {
    const meant = Object.keys(signalKinds).find((known) => known !== kind && known === likelyKind(kind));
    const message = `${kind} is never recorded: write ${meant}, or give a kind of your own another name`;
    return meant === undefined ? [] : [{ path: [...path, "signals", index], message }];
  });
}

const likelyKind = (kind: string): string => kind.replace(/[-.]/g, "_").replace(/s$/, "");

/** People in an ignored role never count, so a criterion that asks for such roles alone stays at zero. */
function findRoleFaults(criterion: Criterion, engagement: ModelEngagement, path: Path): ModelFault[] {
  const isIgnored = (role: (typeof engagement.ignoredRoles)[number]) => engagement.ignoredRoles.includes(role);
  if (criterion.kind === "committee-reach" && criterion.keyRoles.every(isIgnored)) {
    const message = "every key role is among engagement.ignoredRoles, whose people never count: name another role";
    return [{ path: [...path, "keyRoles"], message }];
  }
  if (criterion.kind === "known-people" && criterion.roles?.every(isIgnored) === true) {
    const message = "every role is among engagement.ignoredRoles, whose people never count: name another role";
    return [{ path: [...path, "roles"], message }];
  }
  return [];
}
