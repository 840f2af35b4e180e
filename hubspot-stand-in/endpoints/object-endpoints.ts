import { apiVersion } from "../api-version.ts";
import { changeProperties } from "../crm-data/change-properties.ts";
import { archiveRecord, createRecord, erasePerson, mergeRecords } from "../crm-data/change-records.ts";
import { invalidRequest, notFound } from "../http/api-error.ts";
import type { ApiAnswer, PortalRoute } from "../http/api-route.ts";
import { parseId, parseObject, parseText, queryList } from "../http/read-body.ts";
import { findObjectType, type ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import { findRecord } from "./find-record.ts";
import { objectScopes, requireObjectType } from "./object-scopes.ts";
import { showAssociations } from "./show-associations.ts";
import { showRecord } from "./show-record.ts";
import { callerActor, checkAll, checkUnique, parseLinks } from "./write-input.ts";

const collection = `/crm/objects/${apiVersion}/:objectType`;
const single = `${collection}/:id`;

export function objectRoutes(): PortalRoute[] {
  return [listRoute, readRoute, createRoute, updateRoute, archiveRoute, ...mergeRoutes(), gdprRoute];
}

const shared = (access: "read" | "write") =>
  ({
    limit: "general",
    scopes: (params: Readonly<Record<string, string>>) => objectScopes(requireObjectType(params), access),
  }) as const;

const listRoute: PortalRoute = {
  ...shared("read"),
  method: "GET",
  path: collection,
  handle({ params, query }, portal) {
    const facts = requireObjectType(params);
    const limit = Number(query.get("limit") ?? 10);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100)
      throw invalidRequest("The limit must be between 1 and 100.");
    const after = query.get("after");
    if (after !== null && !/^\d+$/.test(after)) throw invalidRequest(`Invalid paging cursor: ${after}`);
    const asked = queryList(query, "properties");
    const page = portal.records.page(facts.name, after, limit, query.get("archived") === "true");
    const results = page.records.map((record) => ({
      ...showRecord(portal, facts, record, asked),
      ...showAssociations(portal, facts, record.id, linkedTypes(query)),
    }));
    const next = page.after && { paging: { next: { after: page.after, link: `?after=${page.after}` } } };
    return { status: 200, body: { results, ...next } };
  },
};

const readRoute: PortalRoute = {
  ...shared("read"),
  method: "GET",
  path: single,
  handle({ params, query }, portal) {
    const facts = requireObjectType(params);
    const options = { idProperty: query.get("idProperty"), archived: query.get("archived") === "true" };
    const record = findRecord(portal, facts, params.id ?? "", options);
    if (!record) throw notFound();
    const body = {
      ...showRecord(portal, facts, record, queryList(query, "properties")),
      ...showAssociations(portal, facts, record.id, linkedTypes(query)),
    };
    return { status: 200, body };
  },
};

const createRoute: PortalRoute = {
  ...shared("write"),
  method: "POST",
  path: collection,
  handle({ params, rawBody }, portal, caller) {
    const facts = requireObjectType(params);
    const body = parseObject(rawBody);
    const [values = {}] = checkAll(portal, facts, [{ properties: body.properties, record: null }]);
    const links = parseLinks(portal, facts, body.associations);
    checkUnique(portal, facts, values, null);
    if (facts.name === "tasks" && !values.hs_timestamp)
      throw invalidRequest("Some required properties were not set: [hs_timestamp]");
    const record = createRecord(portal, callerActor(caller), facts.name, values, links);
    return { status: 201, body: showRecord(portal, facts, record, Object.keys(values)) };
  },
};

const updateRoute: PortalRoute = {
  ...shared("write"),
  method: "PATCH",
  path: single,
  handle({ params, query, rawBody }, portal, caller) {
    const facts = requireObjectType(params);
    const record = findRecord(portal, facts, params.id ?? "", { idProperty: query.get("idProperty") });
    if (!record) throw notFound();
    const [values = {}] = checkAll(portal, facts, [{ properties: parseObject(rawBody).properties, record }]);
    checkUnique(portal, facts, values, record);
    changeProperties(portal, callerActor(caller), { type: facts.name, id: record.id }, values);
    return { status: 200, body: showRecord(portal, facts, record, Object.keys(values)) };
  },
};

const archiveRoute: PortalRoute = {
  ...shared("write"),
  method: "DELETE",
  path: single,
  handle({ params }, portal, caller): ApiAnswer {
    const facts = requireObjectType(params);
    const record = portal.records.find(facts.name, params.id ?? "");
    if (record) archiveRecord(portal, callerActor(caller), { type: facts.name, id: record.id });
    return { status: 204 };
  },
};

function mergeRoutes(): PortalRoute[] {
  return (["companies", "contacts"] as const).map((type) => ({
    ...typeScope(type),
    method: "POST",
    path: `/crm/objects/${apiVersion}/${type}/merge`,
    handle({ rawBody }, portal, caller) {
      const body = parseObject(rawBody);
      const [primary, other] = [parseText(body, "primaryObjectId"), parseText(body, "objectIdToMerge")];
      for (const id of [primary, other]) if (!portal.records.find(type, id)) throw notFound();
      if (primary === other) throw invalidRequest("A record cannot be merged with itself.");
      const merged = mergeRecords(portal, callerActor(caller), type, primary, other);
      return { status: 200, body: showRecord(portal, requireFacts(type), merged, []) };
    },
  }));
}

const gdprRoute: PortalRoute = {
  limit: "general",
  scopes: () => [["crm.objects.contacts.write"]],
  method: "POST",
  path: `/crm/objects/${apiVersion}/contacts/gdpr-delete`,
  handle({ rawBody }, portal, caller) {
    const body = parseObject(rawBody);
    const idProperty = typeof body.idProperty === "string" ? body.idProperty : null;
    const id = parseId(body.objectId);
    const record = findRecord(portal, requireFacts("contacts"), id, { idProperty });
    if (record) erasePerson(portal, callerActor(caller), record.id);
    else blockUnknown(portal, idProperty, id);
    return { status: 204 };
  },
};

/** An address without a contact is blocked all the same. */
function blockUnknown(portal: Portal, idProperty: string | null, id: string): void {
  if (idProperty !== "email") throw notFound();
  portal.blockedEmails.add(id.toLowerCase());
}

function typeScope(type: "companies" | "contacts") {
  return { limit: "general", scopes: () => objectScopes(requireFacts(type), "write") } as const;
}

function requireFacts(type: string): ObjectTypeFacts {
  return requireObjectType({ objectType: type });
}

function linkedTypes(query: URLSearchParams): ObjectTypeFacts[] {
  return queryList(query, "associations")
    .map(findObjectType)
    .filter((facts) => facts !== undefined);
}
