import type { ScoringModel } from "./model-shape.ts";
import type { PropertyDefinition } from "./property-definition.ts";

/**
 * The company properties that Touchstone writes, in the group `touchstone`. They are never subscribed to, so that a result
 * does not set off the next one. Names are kept for ever: HubSpot does not let a property be renamed.
 */
export const outputGroup = { name: "touchstone", label: "Touchstone" } as const;

const number = { type: "number", fieldType: "number" } as const;
const text = { type: "string", fieldType: "textarea" } as const;

/** With the options that every portal has; those of its own models come by `outputPropertiesFor`. */
export const outputProperties = [
  {
    name: "touchstone_score",
    label: "Account score",
    ...number,
    description: "Priority score with all its points, 0–100.",
  },
  {
    name: "touchstone_tier",
    label: "Account tier",
    type: "enumeration",
    fieldType: "select",
    description: "Tier by the account score. Touchstone keeps it; a change by hand is overwritten.",
    options: [
      { value: "tier_1", label: "Tier 1" },
      { value: "tier_2", label: "Tier 2" },
      { value: "tier_3", label: "Tier 3" },
      { value: "tier_4", label: "Tier 4 · out of programme" },
      { value: "excluded", label: "Excluded" },
    ],
  },
  {
    name: "touchstone_reason",
    label: "Account score: reason",
    ...text,
    description: "Why the account has this score, in one sentence.",
  },
  { name: "touchstone_fit", label: "Fit points", ...number, description: "Points for fit." },
  { name: "touchstone_intent", label: "Intent points", ...number, description: "Points for intent." },
  { name: "touchstone_engagement", label: "Engagement points", ...number, description: "Points for engagement." },
  {
    name: "touchstone_coverage",
    label: "Score coverage",
    ...number,
    description: "How much of the model is known, in per cent.",
  },
  { name: "touchstone_readiness", label: "Readiness", ...number, description: "Readiness points, 0–10." },
  {
    name: "touchstone_readiness_band",
    label: "Readiness band",
    type: "enumeration",
    fieldType: "select",
    description: "What the readiness points ask for.",
    options: [
      { value: "nurture", label: "Nurture" },
      { value: "call", label: "Sales to call" },
      { value: "sales_ready", label: "Sales-ready" },
    ],
  },
  {
    name: "touchstone_model",
    label: "Scoring models",
    type: "string",
    fieldType: "text",
    description: "Key and version of the two models behind the figures.",
  },
] as const satisfies readonly PropertyDefinition[];

export type OutputName = (typeof outputProperties)[number]["name"];

/** Which property holds the band of a model. */
export const bandPropertyOf = {
  priority: "touchstone_tier",
  readiness: "touchstone_readiness_band",
} as const satisfies Record<ScoringModel["purpose"], OutputName>;

/** The properties as a portal with these models needs them: every band of a model is an option of its property. */
export function outputPropertiesFor(models: readonly Pick<ScoringModel, "purpose" | "bands">[]): PropertyDefinition[] {
  return outputProperties.map((property: PropertyDefinition): PropertyDefinition => {
    const bands = models
      .filter(({ purpose }) => bandPropertyOf[purpose] === property.name)
      .flatMap(({ bands }) => bands);
    if (bands.length === 0) return property;
    const options = new Map((property.options ?? []).map((option) => [option.value, option]));
    for (const { key, label } of bands) if (!options.has(key)) options.set(key, { value: key, label });
    return { ...property, options: [...options.values()] };
  });
}
