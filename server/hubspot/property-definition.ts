import {
  type PropertyCreate,
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from "@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js";
import type { PropertyAnswer } from "./answers.ts";
import type { Priority } from "./hubspot-options.ts";
import { sdkChoice } from "./sdk-requests.ts";

/** A property as we want a portal to have it. */
export interface PropertyDefinition {
  /** Lower case; HubSpot keeps a name for ever. */
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly type: "string" | "number" | "bool" | "enumeration" | "date" | "datetime";
  readonly fieldType: "text" | "textarea" | "number" | "booleancheckbox" | "select" | "radio" | "checkbox" | "date";
  /** In the order to be shown. Needed for an enumeration; a bool has Yes and No unless it says otherwise. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

export interface PropertiesOrder {
  readonly objectType: string;
  readonly group: { readonly name: string; readonly label: string };
  readonly properties: readonly PropertyDefinition[];
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
      readonly update: { label: string; groupName: string; description?: string; options?: SdkOption[] };
    };

/** How a portal's property differs from its definition. A type is never changed: values could be lost. */
export function driftOf(definition: PropertyDefinition, present: PropertyAnswer | undefined, groupName: string): Drift {
  if (!present) return { state: "same" };
  if (present.type !== definition.type) {
    return { state: "wrong type", reason: `is of type ${present.type} in this portal, ${definition.type} is needed` };
  }
  const options = optionsOf(definition);
  const same =
    present.label === definition.label &&
    present.groupName === groupName &&
    (definition.description === undefined || present.description === definition.description) &&
    optionsAsText(options) === optionsAsText(present.options);
  if (same) return { state: "same" };
  const { label, description } = definition;
  const changes = { ...(description === undefined ? {} : { description }), ...(options.length > 0 ? { options } : {}) };
  return { state: "drifted", update: { label, groupName, ...changes } };
}

interface SdkOption {
  label: string;
  value: string;
  displayOrder: number;
  hidden: boolean;
}

function optionsOf({ type, options }: PropertyDefinition): SdkOption[] {
  const shown = options ?? (type === "bool" ? yesAndNo : []);
  return shown.map(({ label, value }, displayOrder) => ({ label, value, displayOrder, hidden: false }));
}

/** Order and words, not the numbers behind the order, which HubSpot may renumber. */
function optionsAsText(
  options: readonly { label: string; value: string; displayOrder?: number | null | undefined }[],
): string {
  const inOrder = [...options].sort((a, b) => (a.displayOrder ?? 0) - (b.displayOrder ?? 0));
  return JSON.stringify(inOrder.map(({ label, value }) => [value, label]));
}
