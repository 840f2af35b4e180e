import { type TierProgramme, tierProgrammeSchema } from "@touchstone/shared/tier-shape.ts";
import acvBands from "./templates/acv-bands.json" with { type: "json" };
import bandsThenCap from "./templates/bands-then-cap.json" with { type: "json" };
import flagshipCoreExpansion from "./templates/flagship-core-expansion.json" with { type: "json" };
import pilot90 from "./templates/pilot-90.json" with { type: "json" };
import scoreBands from "./templates/score-bands.json" with { type: "json" };
import topN from "./templates/top-n.json" with { type: "json" };
import twoPerson from "./templates/two-person.json" with { type: "json" };

const templates: Readonly<Record<string, unknown>> = {
  "bands-then-cap": bandsThenCap,
  "score-bands": scoreBands,
  "top-n": topN,
  "acv-bands": acvBands,
  "flagship-core-expansion": flagshipCoreExpansion,
  "two-person": twoPerson,
  "pilot-90": pilot90,
};

export const tierTemplateKeys: readonly string[] = Object.keys(templates);

/** Tiers that ship with Touchstone; null when there are none of this key. */
export function loadTierTemplate(key: string): TierProgramme | null {
  return Object.hasOwn(templates, key) ? tierProgrammeSchema.parse(templates[key]) : null;
}

/** What a portal has until somebody chooses otherwise (product.md §5). */
export const defaultTiers: TierProgramme = tierProgrammeSchema.parse(bandsThenCap);
