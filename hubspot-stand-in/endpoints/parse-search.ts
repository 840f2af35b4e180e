import { invalidRequest } from "../http/api-error.ts";
import { isObject, type JsonObject, parseText, parseTexts } from "../http/read-body.ts";

const operators = [
  "BETWEEN",
  "CONTAINS_TOKEN",
  "EQ",
  "GT",
  "GTE",
  "HAS_PROPERTY",
  "IN",
  "LT",
  "LTE",
  "NEQ",
  "NOT_CONTAINS_TOKEN",
  "NOT_HAS_PROPERTY",
  "NOT_IN",
] as const;
type Operator = (typeof operators)[number];

export interface Filter {
  readonly propertyName: string;
  readonly operator: Operator;
  readonly value: string;
  readonly highValue: string;
  readonly values: readonly string[];
}

export interface Search {
  readonly groups: readonly (readonly Filter[])[];
  readonly query: string;
  readonly sort: { readonly propertyName: string; readonly descending: boolean } | null;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly after: number;
}

/** Limits of the search: hubspot-api.md §4.1. */
const mostGroups = 5;
const mostFiltersPerGroup = 6;
const mostFilters = 18;
const largestPage = 200;
const furthestResult = 10_000;

export function parseSearch(body: JsonObject): Search {
  const groups = parseList(body.filterGroups).map((group) => parseList(group.filters).map(parseFilter));
  if (groups.length > mostGroups) throw invalidRequest(`A search takes at most ${mostGroups} filterGroups.`);
  if (groups.some((filters) => filters.length > mostFiltersPerGroup)) {
    throw invalidRequest(`A filterGroup takes at most ${mostFiltersPerGroup} filters.`);
  }
  if (groups.flat().length > mostFilters) throw invalidRequest(`A search takes at most ${mostFilters} filters.`);
  const limit = Number(body.limit ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage)
    throw invalidRequest(`The limit must be between 1 and ${largestPage}.`);
  const after = Number(body.after ?? 0);
  if (!Number.isInteger(after) || after < 0) throw invalidRequest("Invalid paging cursor.");
  if (after + limit > furthestResult) throw invalidRequest(`Paging beyond ${furthestResult} results is not possible.`);
  const query = typeof body.query === "string" ? body.query : "";
  return { groups, query, sort: parseSort(body.sorts), properties: parseTexts(body.properties), limit, after };
}

function parseList(value: unknown): JsonObject[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isObject))
    throw invalidRequest("Invalid input JSON: a list of objects was expected.");
  return value;
}

function parseFilter(filter: JsonObject): Filter {
  const name = parseText(filter, "operator");
  const operator = operators.find((known) => known === name);
  if (!operator) throw invalidRequest(`Invalid operator: ${name}`);
  const value = filter.value === undefined ? "" : String(filter.value);
  const values = parseTexts(filter.values);
  const needsNothing = operator === "HAS_PROPERTY" || operator === "NOT_HAS_PROPERTY";
  const needsList = operator === "IN" || operator === "NOT_IN";
  if (needsList ? values.length === 0 : !needsNothing && value === "")
    throw invalidRequest(`Operator ${operator} needs a value.`);
  const highValue = filter.highValue === undefined ? "" : String(filter.highValue);
  if (operator === "BETWEEN" && highValue === "") throw invalidRequest("Operator BETWEEN needs a highValue.");
  return { propertyName: parseText(filter, "propertyName"), operator, value, highValue, values };
}

/** A name alone sorts upwards; an object may say the direction. */
function parseSort(given: unknown): Search["sort"] {
  const sorts: readonly unknown[] = Array.isArray(given) ? given : [];
  if (sorts.length > 1) throw invalidRequest("A search takes at most 1 sort.");
  const [sort] = sorts;
  if (typeof sort === "string") return { propertyName: sort.replace(/^-/, ""), descending: sort.startsWith("-") };
  if (!isObject(sort)) return null;
  return { propertyName: parseText(sort, "propertyName"), descending: sort.direction === "DESCENDING" };
}
