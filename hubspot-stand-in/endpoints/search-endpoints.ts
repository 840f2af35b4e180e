import { apiVersion } from "../api-version.ts";
import { readValue } from "../crm-data/read-value.ts";
import { rollUp } from "../crm-data/rollups.ts";
import type { IndexedRecord } from "../crm-data/search-index.ts";
import { invalidRequest } from "../http/api-error.ts";
import type { ApiAnswer, ApiRequest, PortalRoute } from "../http/api-route.ts";
import { parseObject } from "../http/read-body.ts";
import type { ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import { compareValues, type Matcher, toMatcher } from "./match-filter.ts";
import { objectScopes, requireObjectType } from "./object-scopes.ts";
import { parseSearch, type Search } from "./parse-search.ts";
import { showIndexed } from "./show-record.ts";

/** hubspot-api.md §4.1 */
const longestBody = 3_000;

export function searchRoutes(): PortalRoute[] {
  return [
    {
      method: "POST",
      path: `/crm/objects/${apiVersion}/:objectType/search`,
      limit: "search",
      scopes: (params) => objectScopes(requireObjectType(params), "read"),
      handle: (request, portal) => search(request, portal, requireObjectType(request.params)),
    },
  ];
}

function search({ rawBody }: ApiRequest, portal: Portal, facts: ObjectTypeFacts): ApiAnswer {
  if (rawBody.length > longestBody) throw invalidRequest(`A search body takes at most ${longestBody} characters.`);
  const wanted = parseSearch(parseObject(rawBody));
  const found = [...findAll(portal, facts, wanted)];
  sortFound(portal, facts, wanted, found);
  const page = found.slice(wanted.after, wanted.after + wanted.limit);
  const next = wanted.after + page.length;
  const body = {
    total: found.length,
    results: page.map((record) => showIndexed(portal, facts, record, wanted.properties)),
    ...(next < found.length && { paging: { next: { after: String(next), link: `?after=${next}` } } }),
  };
  return { status: 200, body };
}

function* findAll(portal: Portal, facts: ObjectTypeFacts, wanted: Search): Iterable<IndexedRecord> {
  const groups = wanted.groups.map((filters) => filters.map((filter) => toMatcher(portal, facts, filter)));
  const byQuery = queryMatcher(facts, wanted.query);
  for (const record of indexed(portal, facts)) {
    const inGroups = groups.length === 0 || groups.some((matchers) => matchers.every((matches) => matches(record)));
    if (inGroups && byQuery(record)) yield record;
  }
}

/** Every record as the lagging index sees it, and those that are gone but not from the index yet. */
function* indexed(portal: Portal, facts: ObjectTypeFacts): Iterable<IndexedRecord> {
  for (const record of portal.records.inOrder(facts.name)) {
    if (!record.rolledUp) rollUp(portal, { type: facts.name, id: record.id });
    const seen = portal.index.seen(facts.name, record.id, record);
    if (seen) yield seen;
  }
  for (const id of portal.index.ghosts(facts.name)) {
    if (portal.records.find(facts.name, id)) continue;
    const seen = portal.index.seen(facts.name, id, null);
    if (seen) yield seen;
  }
}

function queryMatcher(facts: ObjectTypeFacts, query: string): Matcher {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (record) => {
    const text = facts.searchable
      .map((name) => record.properties[name] ?? "")
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** Without a sort by id; records without the value come last. */
function sortFound(portal: Portal, facts: ObjectTypeFacts, { sort }: Search, found: IndexedRecord[]): void {
  if (!sort) return;
  const definition = portal.properties.find(facts.name, sort.propertyName);
  if (!definition) throw invalidRequest(`Property ${sort.propertyName} does not exist`);
  const sign = sort.descending ? -1 : 1;
  const read = (record: IndexedRecord) => readValue(facts, record, sort.propertyName);
  found.sort((a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compareValues(definition.type, left, right);
  });
}
