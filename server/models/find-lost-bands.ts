import { outputOptions } from "@touchstone/shared/output-properties.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";

const propertyOf = { priority: "touchstone_tier", readiness: "touchstone_readiness_band" } as const;

/** Bands that HubSpot cannot hold: the property that they are written to has no such option, so it stays empty. */
export function findLostBands(model: ScoringModel): string[] {
  const name = propertyOf[model.purpose];
  const options = outputOptions(name);
  const lost = model.bands.map((band) => band.key).filter((key) => !options.includes(key));
  if (lost.length === 0) return [];
  return [
    `HubSpot's property ${name} has no option for ${lost.join(", ")}: accounts in these bands have it empty. Name the bands after its options (${options.join(", ")}) to fill it.`,
  ];
}
