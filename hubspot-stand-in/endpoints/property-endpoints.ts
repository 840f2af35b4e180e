import { apiVersion } from "../api-version.ts";
import { notFound } from "../http/api-error.ts";
import type { ApiAnswer, ApiRequest, PortalRoute } from "../http/api-route.ts";
import { parseInputs, parseObject, parseText } from "../http/read-body.ts";
import type { ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import { batchAnswer, missingRows, type RowError } from "./batch-answer.ts";
import { propertyReadScopes, propertyWriteScopes, requireObjectType } from "./object-scopes.ts";
import { existingProperty, parsePatch, parseProperty } from "./parse-property.ts";
import { showProperty } from "./show-property.ts";

const base = `/crm/properties/${apiVersion}/:objectType`;
/** The spec states no maximum (hubspot-api.md §4.2). */
const mostInputs = 100;

type Handle = (request: ApiRequest, portal: Portal, facts: ObjectTypeFacts) => ApiAnswer;

export function propertyRoute(
  method: PortalRoute["method"],
  path: string,
  access: "read" | "write",
  handle: Handle,
): PortalRoute {
  const scopes = access === "read" ? propertyReadScopes : propertyWriteScopes;
  return {
    method,
    path: `${base}${path}`,
    limit: "general",
    scopes: (params) => scopes(requireObjectType(params)),
    handle: (request, portal) => handle(request, portal, requireObjectType(request.params)),
  };
}

export function propertyRoutes(): PortalRoute[] {
  return [
    propertyRoute("GET", "", "read", ({ query }, portal, facts) => {
      const list = portal.properties.list(facts.name, query.get("archived") === "true");
      return { status: 200, body: { results: list.map(showProperty) } };
    }),
    propertyRoute("GET", "/:name", "read", ({ params, query }, portal, facts) => {
      const find = query.get("archived") === "true" ? portal.properties.findArchived : portal.properties.find;
      const definition = find(facts.name, params.name ?? "");
      if (!definition) throw notFound(`Property ${params.name} does not exist`);
      return { status: 200, body: showProperty(definition) };
    }),
    propertyRoute("POST", "", "write", ({ rawBody }, portal, facts) => {
      const definition = parseProperty(portal, facts.name, parseObject(rawBody));
      if (portal.properties.find(facts.name, definition.name)) throw existingProperty(definition.name);
      portal.properties.put(facts.name, definition);
      return { status: 201, body: showProperty(definition) };
    }),
    propertyRoute("PATCH", "/:name", "write", patchProperty),
    propertyRoute("DELETE", "/:name", "write", ({ params }, portal, facts) => {
      archiveProperty(portal, facts, params.name ?? "");
      return { status: 204 };
    }),
    propertyRoute("POST", "/batch/create", "write", createBatch),
    propertyRoute("POST", "/batch/read", "read", readBatch),
    propertyRoute("POST", "/batch/archive", "write", ({ rawBody }, portal, facts) => {
      const names = parseInputs(parseObject(rawBody), mostInputs).map((input) => parseText(input, "name"));
      for (const name of names) archiveProperty(portal, facts, name);
      return { status: 204 };
    }),
  ];
}

function patchProperty({ params, rawBody }: ApiRequest, portal: Portal, facts: ObjectTypeFacts): ApiAnswer {
  const name = params.name ?? "";
  const known = portal.properties.find(facts.name, name);
  if (!known) throw notFound(`Property ${name} does not exist`);
  const patched = {
    ...known,
    ...parsePatch(portal, facts.name, known, parseObject(rawBody)),
    updatedAt: portal.clock.now(),
  };
  portal.properties.put(facts.name, patched);
  return { status: 200, body: showProperty(patched) };
}

function createBatch({ rawBody }: ApiRequest, portal: Portal, facts: ObjectTypeFacts): ApiAnswer {
  const startedAt = portal.clock.now();
  const inputs = parseInputs(parseObject(rawBody), mostInputs);
  const definitions = inputs.map((input) => parseProperty(portal, facts.name, input));
  const existing = definitions.filter(({ name }) => portal.properties.find(facts.name, name));
  const [first] = existing;
  if (first && portal.switches.existingPropertyInBatch === "refuse") throw existingProperty(first.name);
  const fresh = definitions.filter((definition) => !existing.includes(definition));
  for (const definition of fresh) portal.properties.put(facts.name, definition);
  const errors = existing.map(
    ({ name }): RowError => ({
      ...missingRows([]),
      category: "OBJECT_ALREADY_EXISTS",
      message: `A property named '${name}' already exists.`,
      context: { name: [name] },
    }),
  );
  return batchAnswer(portal, startedAt, fresh.map(showProperty), errors);
}

function readBatch({ rawBody }: ApiRequest, portal: Portal, facts: ObjectTypeFacts): ApiAnswer {
  const startedAt = portal.clock.now();
  const body = parseObject(rawBody);
  const find = body.archived === true ? portal.properties.findArchived : portal.properties.find;
  const names = parseInputs(body, mostInputs).map((input) => parseText(input, "name"));
  const found = names.map((name) => find(facts.name, name)).filter((definition) => definition !== undefined);
  const missing = names.filter((name) => !find(facts.name, name));
  return batchAnswer(portal, startedAt, found.map(showProperty), missing.length > 0 ? [missingRows(missing)] : []);
}

/** Kept for 90 days in HubSpot; creating the name again brings it back (hubspot-api.md §6.1). */
function archiveProperty(portal: Portal, facts: ObjectTypeFacts, name: string): void {
  const known = portal.properties.find(facts.name, name);
  if (!known || known.hubspotDefined) throw notFound(`Property ${name} does not exist or belongs to HubSpot`);
  portal.properties.put(facts.name, { ...known, archivedAt: portal.clock.now() });
}
