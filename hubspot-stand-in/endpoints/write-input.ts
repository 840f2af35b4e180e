import { defaultTypes } from "../crm-data/association-store.ts";
import type { Actor } from "../crm-data/change.ts";
import type { NewLink } from "../crm-data/change-records.ts";
import { checkValues } from "../crm-data/check-values.ts";
import type { RecordReference } from "../crm-data/link-table.ts";
import type { PropertyValues, StoredRecord } from "../crm-data/record-store.ts";
import { conflict, type ErrorDetail, invalidRequest } from "../http/api-error.ts";
import type { Caller } from "../http/api-route.ts";
import { isObject, type JsonObject, parseId, parseProperties } from "../http/read-body.ts";
import type { ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import { findRecord } from "./find-record.ts";

/** The source that our own writes come back with as webhooks (hubspot-api.md §0.5). */
export function callerActor(caller: Caller): Actor {
  return { changeSource: "INTEGRATION", sourceId: String(caller.appId) };
}

/** Checks every input before any is written: one bad value refuses the whole batch (§6.7). */
export function checkAll(
  portal: Portal,
  facts: ObjectTypeFacts,
  inputs: readonly { properties: unknown; record: StoredRecord | null }[],
): PropertyValues[] {
  const problems: ErrorDetail[] = [];
  const all = inputs.map(({ properties, record }) => {
    const checked = checkValues(portal, facts.name, parseProperties(properties), record?.properties);
    problems.push(...checked.problems, ...missingRequired(portal, facts, { ...record?.properties, ...checked.values }));
    return checked.values;
  });
  if (problems.length === 0) return all;
  const details = problems.map(({ message, code, context }) => {
    return {
      isValid: false,
      message,
      error: code,
      name: context?.propertyName?.[0],
      localizedErrorMessage: message,
    };
  });
  throw invalidRequest(
    `Property values were not valid: ${JSON.stringify(details)}`,
    problems.map((p) => ({ ...p, in: "properties" })),
  );
}

/** Since 2026-09 an admin's rules hold for the API too, whatever a write is about (§6.7). */
function missingRequired(portal: Portal, facts: ObjectTypeFacts, values: Readonly<PropertyValues>): ErrorDetail[] {
  const lacks = (name: string) => !values[name];
  const required = (portal.settings.requiredProperties?.[facts.name] ?? []).filter(lacks).map((name) => ({
    message: `Required property "${name}" is missing`,
    code: "MISSING_REQUIRED_PROPERTY",
    context: { propertyName: [name] },
  }));
  const conditional = (portal.settings.conditionalProperties?.[facts.name] ?? [])
    .filter(({ property, when, is }) => lacks(property) && values[when] === is)
    .map(({ property, when }) => ({
      message: `${property} is required because of a conditional property rule based on [${when}]`,
      code: "MISSING_CONDITIONAL_REQUIRED_PROPERTY",
      context: { propertyName: [property] },
    }));
  return [...required, ...conditional];
}

/** Unique values that another record holds, and addresses that were erased. */
export function checkUnique(
  portal: Portal,
  facts: ObjectTypeFacts,
  values: Readonly<PropertyValues>,
  own: StoredRecord | null,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (!value || !portal.properties.find(facts.name, name)?.hasUniqueValue) continue;
    if (facts.name === "contacts" && name === "email" && portal.blockedEmails.has(value.toLowerCase())) {
      throw invalidRequest("This email address belongs to a contact that was permanently deleted.");
    }
    const other = findRecord(portal, facts, value, { idProperty: name });
    if (other && other !== own)
      throw conflict(`${facts.singular} already exists. Existing ID: ${other.id}`, "CONFLICT");
  }
}

/** The `associations` of a create: `[{to: {id}, types: [{associationCategory, associationTypeId}]}]`. */
export function parseLinks(portal: Portal, facts: ObjectTypeFacts, given: unknown): NewLink[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw invalidRequest('Invalid input JSON: "associations" must be a list.');
  return given.map((entry: unknown) => parseLink(portal, facts, isObject(entry) ? entry : {}));
}

function parseLink(portal: Portal, facts: ObjectTypeFacts, entry: JsonObject): NewLink {
  const id = parseId(isObject(entry.to) ? entry.to.id : undefined);
  const typeIds = parseTypeIds(entry.types);
  const target = typeIds.map((typeId) => targetOf(portal, facts, typeId)).find((type) => type !== undefined);
  if (!target) throw invalidRequest(`No association type ${typeIds.join(", ")} starts at ${facts.name}.`);
  const to: RecordReference = { type: target, id: portal.records.currentId(target, id) };
  if (!portal.records.find(target, to.id))
    throw invalidRequest(`Cannot associate with ${target} ${id}: it does not exist.`);
  return { to, typeIds: [...new Set([...typeIds, ...defaultTypes(facts.name, target, false)])] };
}

export function parseTypeIds(given: unknown): number[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  const ids = list.map((type) => (isObject(type) ? Number(type.associationTypeId) : Number.NaN));
  if (ids.length === 0 || !ids.every(Number.isInteger))
    throw invalidRequest("Some required fields were not set: [types]");
  return ids;
}

const linkable = [
  "companies",
  "contacts",
  "deals",
  "meetings",
  "calls",
  "emails",
  "communications",
  "notes",
  "tasks",
] as const;

function targetOf(portal: Portal, facts: ObjectTypeFacts, typeId: number) {
  return linkable.find((type) => portal.labels.list(facts.name, type).some((known) => known.typeId === typeId));
}
