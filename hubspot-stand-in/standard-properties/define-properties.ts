export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
  readonly description?: string;
}

export const propertyTypes = ["bool", "date", "datetime", "enumeration", "number", "phone_number", "string"] as const;
export type PropertyType = (typeof propertyTypes)[number];

export const fieldTypes = [
  "booleancheckbox",
  "calculation_equation",
  "checkbox",
  "date",
  "file",
  "html",
  "number",
  "phonenumber",
  "radio",
  "select",
  "text",
  "textarea",
] as const;

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly groupName: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly options: readonly PropertyOption[];
  readonly readOnly: boolean;
  readonly calculated: boolean;
  readonly hubspotDefined: boolean;
  readonly hasUniqueValue: boolean;
  readonly hidden: boolean;
  readonly formField: boolean;
  readonly displayOrder: number;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly archivedAt: number | null;
}

const fieldTypeOf: Readonly<Record<PropertyType, string>> = {
  bool: "booleancheckbox",
  date: "date",
  datetime: "date",
  enumeration: "select",
  number: "number",
  phone_number: "phonenumber",
  string: "text",
};

/** `W` may be written, `R` is kept by HubSpot's system, `C` is calculated (flags of hubspot-api.md §5). */
export type Access = "W" | "R" | "C";

function toOptions(values: readonly (string | readonly [string, string])[]): PropertyOption[] {
  return values.map((entry, displayOrder) => {
    const [value, label] = typeof entry === "string" ? [entry, toLabel(entry)] : entry;
    return { value, label, displayOrder, hidden: false };
  });
}

const booleanOptions = toOptions([
  ["true", "Yes"],
  ["false", "No"],
]);

/** Definitions that differ by name alone; several names stand in one text, separated by spaces. */
export function define(groupName: string, access: Access, type: PropertyType, names: string): PropertyDefinition[] {
  return names.split(/\s+/).map((name) => ({
    name,
    label: toLabel(name.replace(/^hs_/, "")),
    description: "",
    groupName,
    type,
    fieldType: access === "C" ? "calculation_equation" : fieldTypeOf[type],
    options: type === "bool" ? booleanOptions : [],
    readOnly: access !== "W",
    calculated: access === "C",
    hubspotDefined: true,
    hasUniqueValue: false,
    hidden: false,
    formField: access === "W",
    displayOrder: -1,
    createdAt: null,
    updatedAt: null,
    archivedAt: null,
  }));
}

export function defineChoice(
  groupName: string,
  access: Access,
  name: string,
  values: readonly (string | readonly [string, string])[],
  fieldType: "select" | "checkbox" | "radio" = "select",
): PropertyDefinition[] {
  return define(groupName, access, "enumeration", name).map((definition) => ({
    ...definition,
    fieldType,
    options: toOptions(values),
  }));
}

export function unique(definitions: readonly PropertyDefinition[]): PropertyDefinition[] {
  return definitions.map((definition) => ({ ...definition, hasUniqueValue: true }));
}

function toLabel(name: string): string {
  const words = name.toLowerCase().replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
