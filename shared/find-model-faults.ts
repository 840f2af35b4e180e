import { findAxisFaults } from "./find-axis-faults.ts";
import { findBandFaults } from "./find-band-faults.ts";
import { findCriterionFaults } from "./find-criterion-faults.ts";
import { findGateFaults } from "./find-gate-faults.ts";
import { findUnknowable } from "./find-unknowable.ts";
import { findUnreachable } from "./find-unreachable.ts";
import type { ModelFault } from "./model-fault.ts";
import type { ModelParts } from "./model-parts.ts";

/** What is wrong with a model although each of its fields is well formed, with the remedy in each message. */
export function findModelFaults(model: ModelParts): ModelFault[] {
  const { criteria, engagement } = model;
  return [
    ...(["axes", "criteria", "gates", "bands", "actions"] as const).flatMap((field) =>
      findDoubles(field, model[field].keys),
    ),
    ...findAxisFaults(model),
    ...criteria.parts.flatMap((criterion, index) => {
      if (criterion === null) return [];
      const path = ["criteria", index];
      return [
        ...findCriterionFaults(criterion, path),
        ...findUnreachable(criterion, path),
        ...findUnknowable(criterion, engagement, path),
      ];
    }),
    ...findGateFaults(model),
    ...findBandFaults(model),
  ];
}

function findDoubles(field: string, keys: readonly (string | null)[]): ModelFault[] {
  return keys.flatMap((key, index) =>
    key === null || keys.indexOf(key) === index
      ? []
      : [{ path: [field, index, "key"], message: `${key} is used twice: give it another key` }],
  );
}
