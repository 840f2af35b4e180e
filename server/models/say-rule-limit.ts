import { criterionMax } from "@touchstone/shared/criterion-max.ts";
import type { HubspotRule } from "./hubspot-score-shape.ts";
import type { ImportOutcome } from "./import-outcome.ts";

/**
 * A rule's limit holds over all its parts in HubSpot. Criteria add up here, so that each keeps it for itself alone; where
 * they come to more together, every part says so.
 */
export function sayRuleLimit(parts: readonly ImportOutcome[], { maximumValue }: HubspotRule): ImportOutcome[] {
  const own = parts.flatMap(({ criterion }) => criterion ?? []);
  const together = own.reduce((sum, criterion) => sum + Math.round(criterionMax(criterion) * 1000), 0) / 1000;
  if (maximumValue === undefined || own.length < 2 || together <= maximumValue) return [...parts];
  const note = `the limit of ${maximumValue} points holds for each of its ${own.length} parts alone here: together they can give ${together}`;
  return parts.map((part) =>
    part.criterion === null
      ? part
      : { ...part, outcome: "changed", text: part.outcome === "changed" ? `${part.text}; ${note}` : note },
  );
}
