import type { ErrorDetail } from "../http/api-error.ts";
import type { Portal } from "../portal.ts";
import type { ObjectType } from "../seed-data.ts";
import type { PropertyDefinition } from "../standard-properties/define-properties.ts";
import { lifecycleStages } from "../standard-properties/shared-options.ts";
import type { PropertyValues } from "./record-store.ts";

/** Longest text of a property (hubspot-api.md §6.1). */
const longestText = 65_536;

export interface CheckedValues {
  readonly values: PropertyValues;
  readonly problems: readonly ErrorDetail[];
}

/**
 * What the API does with the values of one input: known and writable names, values of the right kind, in HubSpot's
 * spelling. `current` are the values that the record has, for `;A` and for stages that only move forward.
 */
export function checkValues(
  portal: Portal,
  type: ObjectType,
  given: Readonly<Record<string, unknown>>,
  current: Readonly<PropertyValues> = {},
): CheckedValues {
  const values: PropertyValues = {};
  const problems: ErrorDetail[] = [];
  for (const [name, raw] of Object.entries(given)) {
    const definition = portal.properties.find(type, name);
    const refusal = refuseName(portal, name, definition);
    if (refusal === "ignore") continue;
    if (refusal) problems.push(refusal);
    if (refusal || !definition) continue;
    const text = raw === null || raw === undefined ? "" : String(raw);
    const value = normalise(definition, text, current[name] ?? null);
    if (typeof value !== "string") problems.push(value);
    else if (name === "hubspot_owner_id" && !mayOwn(portal, value)) {
      problems.push(problem("INVALID_OWNER_ID", name, `Owner ${value} does not exist or is deactivated.`));
    } else values[name] = value;
  }
  const stage = values.lifecyclestage;
  if (stage && movesBack(current.lifecyclestage ?? null, stage)) delete values.lifecyclestage;
  return { values, problems };
}

function refuseName(
  portal: Portal,
  name: string,
  definition: PropertyDefinition | undefined,
): ErrorDetail | "ignore" | null {
  const { unknownPropertyOnWrite, readOnlyPropertyOnWrite } = portal.switches;
  if (!definition) {
    if (unknownPropertyOnWrite === "ignore") return "ignore";
    return problem("PROPERTY_DOESNT_EXIST", name, `Property "${name}" does not exist`);
  }
  if (!definition.readOnly) return null;
  if (readOnlyPropertyOnWrite === "ignore") return "ignore";
  return problem("READ_ONLY_VALUE", name, `"${name}" is a read only property; its value cannot be set.`);
}

function normalise(definition: PropertyDefinition, text: string, current: string | null): string | ErrorDetail {
  if (text === "") return "";
  const { name, type } = definition;
  if (type === "number") {
    return Number.isFinite(Number(text)) ? text : problem("INVALID_NUMBER", name, `${text} was not a valid number.`);
  }
  if (type === "bool" || type === "enumeration") return pickOption(definition, text, current);
  if (type === "date" || type === "datetime") return toDate(definition, text);
  if (text.length > longestText)
    return problem("INVALID_LENGTH", name, `${name} is longer than ${longestText} characters.`);
  return text;
}

function pickOption(definition: PropertyDefinition, text: string, current: string | null): string | ErrorDetail {
  const { name, fieldType, options } = definition;
  const several = fieldType === "checkbox";
  const appended = several && text.startsWith(";") && current ? `${current}${text}` : text;
  const picked = several ? [...new Set(appended.split(";").filter(Boolean))] : [appended];
  const unknown = picked.find((value) => !options.some((option) => option.value === value));
  if (unknown === undefined) return picked.join(";");
  const allowed = options.map((option) => option.value).join(", ");
  return problem("INVALID_OPTION", name, `${unknown} was not one of the allowed options: [${allowed}]`);
}

function toDate({ name, type }: PropertyDefinition, text: string): string | ErrorDetail {
  const at = /^-?\d{6,}$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15)
    return problem("INVALID_DATE", name, `${text} was not a valid date.`);
  const iso = new Date(at).toISOString();
  return type === "date" ? iso.slice(0, 10) : iso;
}

/** An archived owner gets no records (hubspot-api.md §6.4). */
function mayOwn(portal: Portal, ownerId: string): boolean {
  return ownerId === "" || portal.owners.some((owner) => owner.id === ownerId && !owner.archived);
}

/** The API moves a stage forward only; back goes by clearing it first (hubspot-api.md §5.2). */
function movesBack(from: string | null, to: string): boolean {
  const order = lifecycleStages.map(([stage]): string => stage);
  const [before, after] = [order.indexOf(from ?? ""), order.indexOf(to)];
  return before >= 0 && after >= 0 && after < before;
}

function problem(code: string, name: string, message: string): ErrorDetail {
  return { message, code, context: { propertyName: [name] } };
}
