import type { AppObjectDefinition } from "./app-definition.ts";
import {
  define,
  type PropertyDefinition,
  type PropertyType,
  propertyTypes,
} from "./standard-properties/define-properties.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * An app object as HubSpot makes it of its component: the app's prefix before the names of the object and of its properties
 * (hubspot-project.md §2).
 */
export function toAppObject(config: Fields, appId: number): AppObjectDefinition {
  const properties = Array.isArray(config.properties) ? (config.properties as Fields[]) : [];
  return {
    name: `a${appId}_${String(config.name).toLowerCase()}`,
    properties: properties.map((property) => toProperty(property, `a${appId}_${String(property.name)}`)),
  };
}

/** `readOnlyValue` keeps people from changing it; the app itself may. */
function toProperty({ type, label, fieldType, options, hasUniqueValue }: Fields, name: string): PropertyDefinition {
  const known: PropertyType = propertyTypes.find((one) => one === type) ?? "string";
  const [definition] = define("app_object", "W", known, name);
  if (!definition) throw new Error(`The property ${name} has no name.`);
  const given = Array.isArray(options) ? (options as Fields[]) : [];
  return {
    ...definition,
    label: String(label),
    fieldType: String(fieldType),
    hubspotDefined: false,
    hasUniqueValue: hasUniqueValue === true,
    options: given.map((option, displayOrder) => ({
      value: String(option.value),
      label: String(option.label),
      displayOrder,
      hidden: false,
    })),
  };
}
