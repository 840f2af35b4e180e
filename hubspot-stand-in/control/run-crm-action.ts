import type { Crm } from "../crm.ts";
import type { RecordReference } from "../crm-data/link-table.ts";
import { invalidRequest } from "../http/api-error.ts";
import { isObject, type JsonObject, parseId, parseProperties, parseText } from "../http/read-body.ts";
import { findObjectType } from "../object-types.ts";
import type { ObjectType } from "../seed-data.ts";

/** One call of `Crm` as JSON: `{"action":"update","type":"contacts","id":"501","properties":{…}}`. */
export function runCrmAction(crm: Crm, body: JsonObject): unknown {
  const action = parseText(body, "action");
  const run = actions[action];
  if (!run) throw invalidRequest(`action must be one of ${Object.keys(actions).join(", ")}`);
  return run(crm, body);
}

const actions: Readonly<Record<string, (crm: Crm, body: JsonObject) => unknown>> = {
  create: (crm, body) => crm.create(parseType(body), parseValues(body.properties), parseLinks(body.links)),
  update: (crm, body) => crm.update(parseType(body), parseId(body.id), parseValues(body.properties)),
  updateSilently: (crm, body) => crm.updateSilently(parseType(body), parseId(body.id), parseValues(body.properties)),
  associate: (crm, body) => crm.associate(parseReference(body.from), parseReference(body.to), body.primary === true),
  disassociate: (crm, body) => crm.disassociate(parseReference(body.from), parseReference(body.to)),
  merge(crm, body) {
    const type = parseType(body);
    if (type !== "companies" && type !== "contacts") throw invalidRequest("Only companies and contacts can be merged.");
    return crm.merge(type, parseText(body, "primaryId"), parseText(body, "otherId"));
  },
  delete: (crm, body) => crm.delete(parseType(body), parseId(body.id)),
  restore: (crm, body) => crm.restore(parseType(body), parseId(body.id)),
  privacyDelete: (crm, body) => crm.privacyDelete(parseId(body.contactId)),
  get: (crm, body) => crm.get(parseType(body), parseId(body.id)),
  find: (crm, body) => crm.find(parseType(body), parseValues(body.where)).slice(0, 100),
  linked: (crm, body) => crm.linked(parseReference(body.from), parseType(body, "to")),
};

function parseType(body: JsonObject, name = "type"): ObjectType {
  const type = findObjectType(parseText(body, name))?.name;
  if (!type) throw invalidRequest(`${String(body[name])} is no object type.`);
  return type;
}

function parseReference(value: unknown): RecordReference {
  if (!isObject(value)) throw invalidRequest("A record is named by {type, id}.");
  return { type: parseType(value), id: parseId(value.id) };
}

function parseLinks(value: unknown): (RecordReference & { primary?: boolean })[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalidRequest("links must be a list.");
  return value.map((link: unknown) => ({
    ...parseReference(link),
    primary: isObject(link) && link.primary === true,
  }));
}

function parseValues(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(parseProperties(value)).map(([name, text]) => [name, String(text ?? "")]));
}
