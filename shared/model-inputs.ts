import type { Criterion } from "./criterion-shapes.ts";
import type { ModelCondition, ScoringModel } from "./model-shape.ts";
import { outputProperties } from "./output-properties.ts";
import type { PropertyDefinition } from "./property-definition.ts";

/** Company properties that a model asks people or other systems to fill. Only names that begin like this are made by us. */
export const inputGroup = { name: "touchstone_inputs", label: "Touchstone inputs" } as const;
const prefix = "touchstone_";

type Reader = Criterion | ModelCondition;
type Option = NonNullable<PropertyDefinition["options"]>[number];
type Shape = Pick<PropertyDefinition, "type" | "fieldType" | "options">;

/** HubSpot's limit for a label is not stated in our sources; these are far below any that is reported. */
const longest = { label: 100, description: 500, options: 300 } as const;

/**
 * Definitions of the properties of ours that models read and nobody else would make: type and options from the first
 * criterion or condition that reads one, label and description in its words.
 */
export function inputPropertiesFor(models: readonly ScoringModel[]): PropertyDefinition[] {
  const definitions = new Map<string, PropertyDefinition>();
  for (const model of models) {
    for (const reader of readersOf(model)) {
      const { property } = reader;
      if (!property.startsWith(prefix) || outputProperties.some(({ name }) => name === property)) continue;
      const known = definitions.get(property);
      definitions.set(property, known ? withOptions(known, shapeOf(reader)) : define(property, reader, model));
    }
  }
  return [...definitions.values()];
}

/** Company properties that a model reads and that are HubSpot's or the portal's own: we never make them. */
export function foreignPropertiesOf(model: ScoringModel): { name: string; label: string }[] {
  const named = readersOf(model).map(({ property, label }) => [property, { name: property, label }] as const);
  return [...new Map(named.toReversed()).values()].toReversed().filter(({ name }) => !name.startsWith(prefix));
}

const readersOf = (model: ScoringModel): (Reader & { property: string })[] =>
  [...model.criteria, ...model.gates.flatMap((gate): Reader[] => gate.conditions)].filter(
    (reader): reader is Reader & { property: string } => "property" in reader && reader.property !== undefined,
  );

function define(name: string, reader: Reader, model: ScoringModel): PropertyDefinition {
  const asked = "question" in reader ? reader.question : `${reader.label}.`;
  const description = `${asked} Read by the scoring model "${model.name}"; empty counts as unknown, never as zero.`;
  return {
    name,
    label: reader.label.slice(0, longest.label),
    description: description.slice(0, longest.description),
    ...shapeOf(reader),
  };
}

function shapeOf(reader: Reader): Shape {
  switch (reader.kind) {
    case "feed":
    case "judged":
      return choice(reader.rungs.map(({ key, label }) => ({ value: key, label })));
    case "property-map": {
      const options = reader.rungs.flatMap(({ label, values }) =>
        values.map((value) => ({ value, label: values.length === 1 ? label : value })),
      );
      return choice(options, reader.separator === ";");
    }
    case "property-in":
      return choice(reader.values.map((value) => ({ value, label: value })));
    case "property-ranges":
    case "property-between":
      return { type: "number", fieldType: "number" };
    default:
      return { type: "string", fieldType: "text" };
  }
}

function choice(options: readonly Option[], several = false): Shape {
  const unique = [...new Map(options.toReversed().map((option) => [option.value, option])).values()].toReversed();
  if (unique.length === 0) return { type: "string", fieldType: "text" };
  return {
    type: "enumeration",
    fieldType: several ? "checkbox" : "select",
    options: unique.slice(0, longest.options).map(({ value, label }) => ({ value, label: capitalised(label) })),
  };
}

const capitalised = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1);

/** Two criteria that read one property: its choices are those of both. */
function withOptions(known: PropertyDefinition, shape: Shape): PropertyDefinition {
  if (known.type !== "enumeration" || shape.type !== "enumeration") return known;
  const options = new Map((known.options ?? []).map((option) => [option.value, option]));
  for (const option of shape.options ?? []) if (!options.has(option.value)) options.set(option.value, option);
  return { ...known, options: [...options.values()].slice(0, longest.options) };
}
