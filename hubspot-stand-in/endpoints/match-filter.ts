import { readValue } from "../crm-data/read-value.ts";
import type { IndexedRecord } from "../crm-data/search-index.ts";
import { invalidRequest } from "../http/api-error.ts";
import { findObjectType, type ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import type { PropertyType } from "../standard-properties/define-properties.ts";
import type { Filter } from "./parse-search.ts";

export type Matcher = (record: IndexedRecord) => boolean;

export function toMatcher(portal: Portal, facts: ObjectTypeFacts, filter: Filter): Matcher {
  if (filter.propertyName.startsWith("associations.")) return linkMatcher(portal, facts, filter);
  const definition = portal.properties.find(facts.name, filter.propertyName);
  if (!definition) throw invalidRequest(`Property ${filter.propertyName} does not exist`);
  const compare = comparison(definition.type, filter);
  return (record) => compare(readValue(facts, record, filter.propertyName));
}

/** `associations.company EQ 123`: records that are linked with that company. */
function linkMatcher(
  portal: Portal,
  facts: ObjectTypeFacts,
  { propertyName, operator, value, values }: Filter,
): Matcher {
  const other = findObjectType(propertyName.slice("associations.".length));
  if (!other) throw invalidRequest(`Property ${propertyName} does not exist`);
  const linked = (record: IndexedRecord) => portal.links.links({ type: facts.name, id: record.id }, other.name);
  switch (operator) {
    case "EQ":
      return (record) => linked(record).some(({ toId }) => toId === value);
    case "IN":
      return (record) => linked(record).some(({ toId }) => values.includes(toId));
    case "HAS_PROPERTY":
      return (record) => linked(record).length > 0;
    case "NOT_HAS_PROPERTY":
      return (record) => linked(record).length === 0;
    default:
      throw invalidRequest(`Operator ${operator} does not work on ${propertyName}`);
  }
}

type Comparison = (value: string | null) => boolean;

function comparison(type: PropertyType, filter: Filter): Comparison {
  const known =
    (test: (value: string) => boolean): Comparison =>
    (value) =>
      value !== null && test(value);
  const order = (value: string, other: string) => compareValues(type, value, other);
  const wanted = new Set(filter.values.map((value) => value.toLowerCase()));
  switch (filter.operator) {
    case "EQ":
      return known((value) => order(value, filter.value) === 0);
    case "NEQ":
      return known((value) => order(value, filter.value) !== 0);
    case "LT":
      return known((value) => order(value, filter.value) < 0);
    case "LTE":
      return known((value) => order(value, filter.value) <= 0);
    case "GT":
      return known((value) => order(value, filter.value) > 0);
    case "GTE":
      return known((value) => order(value, filter.value) >= 0);
    case "BETWEEN":
      return known((value) => order(value, filter.value) >= 0 && order(value, filter.highValue) <= 0);
    case "IN":
      return known((value) => wanted.has(value.toLowerCase()));
    case "NOT_IN":
      return known((value) => !wanted.has(value.toLowerCase()));
    case "HAS_PROPERTY":
      return (value) => value !== null;
    case "NOT_HAS_PROPERTY":
      return (value) => value === null;
    case "CONTAINS_TOKEN":
      return known((value) => hasToken(value, filter.value));
    case "NOT_CONTAINS_TOKEN":
      return known((value) => !hasToken(value, filter.value));
  }
}

/** Numbers and times by size, everything else as text without regard to case. */
export function compareValues(type: PropertyType, a: string, b: string): number {
  if (type === "number") return Number(a) - Number(b);
  if (type === "date" || type === "datetime") return toTime(a) - toTime(b);
  return a.toLowerCase() < b.toLowerCase() ? -1 : Number(a.toLowerCase() !== b.toLowerCase());
}

function toTime(text: string): number {
  return /^-?\d{6,}$/.test(text) ? Number(text) : Date.parse(text);
}

function hasToken(value: string, pattern: string): boolean {
  const tokens = value.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const wanted = pattern.toLowerCase();
  const bare = wanted.replaceAll("*", "");
  if (wanted.startsWith("*") && wanted.endsWith("*")) return value.toLowerCase().includes(bare);
  if (wanted.endsWith("*")) return tokens.some((token) => token.startsWith(bare));
  if (wanted.startsWith("*")) return tokens.some((token) => token.endsWith(bare));
  const parts = wanted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return parts.every((part) => tokens.includes(part));
}
