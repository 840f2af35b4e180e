import { type ApiError, conflict, invalidRequest } from "../http/api-error.ts";
import { isObject, type JsonObject, parseText } from "../http/read-body.ts";
import type { Portal } from "../portal.ts";
import type { ObjectType } from "../seed-data.ts";
import {
  fieldTypes,
  type PropertyDefinition,
  type PropertyOption,
  propertyTypes,
} from "../standard-properties/define-properties.ts";

/** At most this many properties with unique values per object (hubspot-api.md §6.1). */
const mostUnique = 10;

export function existingProperty(name: string): ApiError {
  const message = `A property named '${name}' already exists.`;
  return conflict(message, "OBJECT_ALREADY_EXISTS", [
    { message, code: "PROPERTY_WITH_NAME_EXISTS", context: { name: [name] } },
  ]);
}

export function parseProperty(portal: Portal, type: ObjectType, body: JsonObject): PropertyDefinition {
  const name = parseText(body, "name");
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(name))
    throw invalidRequest(`Property name "${name}" must be lower case letters, digits and underscores.`);
  const definition: PropertyDefinition = {
    name,
    label: parseText(body, "label"),
    groupName: requireGroup(portal, type, parseText(body, "groupName")),
    type: pick(propertyTypes, parseText(body, "type"), "type"),
    fieldType: pick(fieldTypes, parseText(body, "fieldType"), "fieldType"),
    description: textOr(body.description, ""),
    options: parseOptions(body.options),
    readOnly: false,
    calculated: body.fieldType === "calculation_equation",
    hubspotDefined: false,
    hasUniqueValue: body.hasUniqueValue === true,
    hidden: body.hidden === true,
    formField: body.formField === true,
    displayOrder: typeof body.displayOrder === "number" ? body.displayOrder : -1,
    createdAt: portal.clock.now(),
    updatedAt: portal.clock.now(),
    archivedAt: null,
  };
  checkOptions(definition);
  const uniques = portal.properties.list(type, false).filter((known) => known.hasUniqueValue && !known.hubspotDefined);
  if (definition.hasUniqueValue && uniques.length >= mostUnique)
    throw invalidRequest(`${type} have ${mostUnique} unique properties already.`);
  return definition;
}

export function parsePatch(
  portal: Portal,
  type: ObjectType,
  known: PropertyDefinition,
  body: JsonObject,
): Partial<PropertyDefinition> {
  const patch = {
    ...(body.label !== undefined && { label: parseText(body, "label") }),
    ...(body.description !== undefined && { description: textOr(body.description, "") }),
    ...(body.groupName !== undefined && { groupName: requireGroup(portal, type, parseText(body, "groupName")) }),
    ...(body.type !== undefined && { type: pick(propertyTypes, parseText(body, "type"), "type") }),
    ...(body.fieldType !== undefined && { fieldType: pick(fieldTypes, parseText(body, "fieldType"), "fieldType") }),
    ...(body.options !== undefined && { options: parseOptions(body.options) }),
    ...(typeof body.hidden === "boolean" && { hidden: body.hidden }),
    ...(typeof body.formField === "boolean" && { formField: body.formField }),
    ...(typeof body.displayOrder === "number" && { displayOrder: body.displayOrder }),
  };
  checkOptions({ ...known, ...patch });
  return patch;
}

function checkOptions({ name, type, options }: PropertyDefinition): void {
  if (type === "enumeration" && options.length === 0) throw invalidRequest(`Enumeration ${name} needs options.`);
  const values = options.map((option) => option.value);
  if (new Set(values).size !== values.length) throw invalidRequest(`The options of ${name} are not unique.`);
  const isBool = values.length === 2 && values.includes("true") && values.includes("false");
  if (type === "bool" && !isBool) throw invalidRequest(`Boolean ${name} needs the options true and false.`);
}

function parseOptions(given: unknown): PropertyOption[] {
  if (given === undefined) return [];
  if (!Array.isArray(given) || !given.every(isObject))
    throw invalidRequest('Invalid input JSON: "options" must be a list of objects.');
  return given.map((option, index) => ({
    label: parseText(option, "label"),
    value: parseText(option, "value"),
    displayOrder: typeof option.displayOrder === "number" ? option.displayOrder : index,
    hidden: option.hidden === true,
    ...(typeof option.description === "string" && { description: option.description }),
  }));
}

function requireGroup(portal: Portal, type: ObjectType, name: string): string {
  if (!portal.properties.groups(type).has(name)) throw invalidRequest(`Property group ${name} does not exist`);
  return name;
}

function pick<Value extends string>(allowed: readonly Value[], given: string, field: string): Value {
  const found = allowed.find((value) => value === given);
  if (!found) throw invalidRequest(`${given} is not one of the allowed values of ${field}: [${allowed.join(", ")}]`);
  return found;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
