import { stageKeys, stages } from "./account-stage.ts";
import type { ScoringModel } from "./model-shape.ts";
import type { PropertyDefinition } from "./property-definition.ts";

/**
 * The company properties that Touchstone writes, in the group `touchstone`. They are never subscribed to, so that a result
 * does not set off the next one. Names are kept for ever: HubSpot does not let a property be renamed.
 */
export const outputGroup = { name: "touchstone", label: "Touchstone" } as const;

const number = { type: "number", fieldType: "number" } as const;
const text = { type: "string", fieldType: "textarea" } as const;

const choice = { type: "enumeration", fieldType: "select" } as const;

/** What scoring gives. With the options that every portal has; those of its own models come by `outputPropertiesFor`. */
const scoreProperties = [
  {
    name: "touchstone_score",
    label: "Account score",
    ...number,
    description: "Priority score with all its points, 0–100.",
  },
  {
    name: "touchstone_tier",
    label: "Account tier by score",
    ...choice,
    description:
      "Band of the account score, however many are in it. Touchstone keeps it; a change by hand is overwritten.",
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
    ...choice,
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

/** Of `bands-then-cap`, which a portal has until it chooses others. */
export const shippedTiers = [
  { key: "tier_1", name: "Tier 1" },
  { key: "tier_2", name: "Tier 2" },
  { key: "tier_3", name: "Tier 3" },
] as const;
const shippedOptions = shippedTiers.map(({ key, name }) => ({ value: key, label: name }));

/** The account's place in the programme (docs/decisions/0021); empty for an account in no tier. */
export const tierProperties = [
  {
    name: "touchstone_programme_tier",
    label: "Programme tier",
    ...choice,
    description: "Tier that the account has a place in. Empty: out of the programme. Touchstone keeps it.",
    options: shippedOptions,
  },
  {
    name: "touchstone_waiting_for_tier",
    label: "Waiting for tier",
    ...choice,
    description: "Tier that the account qualifies for and that has no free place.",
    options: shippedOptions,
  },
  {
    name: "touchstone_tier_since",
    label: "Programme tier since",
    type: "date",
    fieldType: "date",
    description: "Day on which the account got its place.",
  },
  {
    name: "touchstone_tier_reason",
    label: "Programme tier: reason",
    ...text,
    description: "Why the account has this place, in one sentence.",
  },
] as const satisfies readonly PropertyDefinition[];

/** The account's place in the lifecycle; empty while nothing tells. */
const stageProperties = [
  {
    name: "touchstone_stage",
    label: "Account stage",
    ...choice,
    description: "How far the account has come, by the gates that it passed. Touchstone keeps it.",
    options: stageKeys.map((key) => ({ value: key, label: stages[key].label })),
  },
  {
    name: "touchstone_stage_since",
    label: "Account stage since",
    type: "date",
    fieldType: "date",
    description: "Day on which the account came into its stage.",
  },
] as const satisfies readonly PropertyDefinition[];

export const outputProperties = [...scoreProperties, ...tierProperties, ...stageProperties];

export type OutputName = (typeof scoreProperties)[number]["name"];
export type TierOutputName = (typeof tierProperties)[number]["name"];
export type StageOutputName = (typeof stageProperties)[number]["name"];

/** Which property holds the band of a model. */
export const bandPropertyOf = {
  priority: "touchstone_tier",
  readiness: "touchstone_readiness_band",
} as const satisfies Record<ScoringModel["purpose"], OutputName>;

/**
 * The properties as a portal with these models, and with tiers of its own if it has any, needs them: every band and every tier
 * is an option.
 */
export function outputPropertiesFor(
  models: readonly Pick<ScoringModel, "purpose" | "bands">[],
  tiers: readonly { readonly key: string; readonly name: string }[],
): PropertyDefinition[] {
  const places = tiers.map(({ key, name }) => ({ key, label: name }));
  const choices = new Map<string, readonly { readonly key: string; readonly label: string }[]>([
    ...models.map(({ purpose, bands }) => [bandPropertyOf[purpose], bands] as const),
    ["touchstone_programme_tier", places],
    ["touchstone_waiting_for_tier", places],
  ]);
  return outputProperties.map((property: PropertyDefinition): PropertyDefinition => {
    const own = choices.get(property.name) ?? [];
    if (own.length === 0) return property;
    const options = new Map((property.options ?? []).map((option) => [option.value, option]));
    for (const { key, label } of own) if (!options.has(key)) options.set(key, { value: key, label });
    return { ...property, options: [...options.values()] };
  });
}
