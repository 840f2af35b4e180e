import type { ObjectTypeFacts } from "../object-types.ts";
import type { IndexedRecord } from "./search-index.ts";

/** A property's value as HubSpot returns it: text, or null when the record has none. */
export function readValue(facts: ObjectTypeFacts, record: IndexedRecord, name: string): string | null {
  if (name === "hs_object_id") return record.id;
  if (name === facts.modifiedProperty) return new Date(record.updatedAt).toISOString();
  if (name === facts.createdProperty) return record.properties[name] ?? new Date(record.createdAt).toISOString();
  return record.properties[name] ?? null;
}
