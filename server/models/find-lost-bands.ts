import { outputProperties } from "@touchstone/shared/output-properties.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";

const propertyOf = { priority: "touchstone_tier", readiness: "touchstone_readiness_band" } as const;

/** Bands that HubSpot would refuse: the property that they are written to has no such option. */
export function findLostBands(model: ScoringModel): string[] {
  const name = propertyOf[model.purpose];
  const property = outputProperties.find((one) => one.name === name);
  const options = property && "options" in property ? property.options.map((option): string => option.value) : [];
  const lost = model.bands.map((band) => band.key).filter((key) => !options.includes(key));
  if (lost.length === 0) return [];
  return [
    `HubSpot's property ${name} has no option for ${lost.join(", ")}: results in these bands cannot be written. Name the bands after its options (${options.join(", ")}).`,
  ];
}
