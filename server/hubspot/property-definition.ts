import {
  type PropertyCreate,
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from "@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js";
import type { PropertyDefinition } from "@touchstone/shared/property-definition.ts";
import type { PropertyAnswer } from "./answers.ts";
import type { Priority } from "./hubspot-options.ts";
import { sdkChoice } from "./sdk-requests.ts";

export interface PropertiesOrder {
  readonly objectType: string;
  readonly group: { readonly name: string; readonly label: string };
  readonly properties: readonly PropertyDefinition[];
  /** Whose label, description and group stand when a property is there already; default ours. Options are the portal's. */
  readonly wording?: "ours" | "the portal's";
  readonly priority: Priority;
}

const yesAndNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

export function toPropertyCreate(definition: PropertyDefinition, groupName: string): PropertyCreate {
  const options = optionsOf(definition);
  return {
    name: definition.name,
    label: definition.label,
    groupName,
    type: sdkChoice(PropertyCreateTypeEnum, definition.type),
    fieldType: sdkChoice(PropertyCreateFieldTypeEnum, definition.fieldType),
    ...(definition.description === undefined ? {} : { description: definition.description }),
    ...(options.length > 0 ? { options } : {}),
  };
}

type Drift =
  | { readonly state: "same" }
  | { readonly state: "wrong type"; readonly reason: string }
  | {
      readonly state: "drifted";
      readonly newOptions: readonly string[];
      readonly update: { label?: string; groupName?: string; description?: string; options?: SdkOption[] };
    };

/**
 * How a portal's property differs from its definition. A type is never changed: values could be lost. Options are only ever
 * added, at the end: those that are there stand in records, and an admin may have renamed or reordered them.
 */
export function driftOf(
  definition: PropertyDefinition,
  present: PropertyAnswer | undefined,
  order: Pick<PropertiesOrder, "group" | "wording">,
): Drift {
  if (!present) return { state: "same" };
  if (present.type !== definition.type) {
    return { state: "wrong type", reason: `is of type ${present.type} in this portal, ${definition.type} is needed` };
  }
  const wording = order.wording === "the portal's" ? {} : wordingOf(definition, present, order.group.name);
  const added = missingOptions(definition, present);
  if (Object.keys(wording).length === 0 && added.length === 0) return { state: "same" };
  const options = added.length === 0 ? {} : { options: [...inOrder(present.options), ...added].map(toOption) };
  return { state: "drifted", newOptions: added.map(({ value }) => value), update: { ...wording, ...options } };
}

function wordingOf(definition: PropertyDefinition, present: PropertyAnswer, groupName: string) {
  const { label, description } = definition;
  const same =
    present.label === label &&
    present.groupName === groupName &&
    (description === undefined || present.description === description);
  return same ? {} : { label, groupName, ...(description === undefined ? {} : { description }) };
}

interface SdkOption {
  label: string;
  value: string;
  description?: string;
  displayOrder: number;
  hidden: boolean;
}
type GivenOption = Pick<PropertyAnswer["options"][number], "label" | "value" | "description" | "hidden">;

const toOption = ({ label, value, description, hidden }: GivenOption, displayOrder: number): SdkOption => ({
  label,
  value,
  ...(description ? { description } : {}),
  displayOrder,
  hidden: hidden ?? false,
});

const optionsOf = ({ type, options }: PropertyDefinition): SdkOption[] =>
  (options ?? (type === "bool" ? yesAndNo : [])).map(toOption);

const inOrder = <Option extends { readonly displayOrder?: number | null | undefined }>(options: readonly Option[]) =>
  [...options].sort((a, b) => (a.displayOrder ?? 0) - (b.displayOrder ?? 0));

/** Two options that read alike could not be told apart: the later one carries its key. */
function missingOptions(definition: PropertyDefinition, present: PropertyAnswer): GivenOption[] {
  const values = new Set(present.options.map(({ value }) => value));
  const labels = new Set(present.options.map(({ label }) => label));
  return optionsOf(definition)
    .filter(({ value }) => !values.has(value))
    .map(({ value, label }) => ({ value, label: labels.has(label) ? `${label} (${value})` : label }));
}
