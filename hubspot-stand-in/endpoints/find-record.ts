import { readValue } from "../crm-data/read-value.ts";
import type { StoredRecord } from "../crm-data/record-store.ts";
import { invalidRequest } from "../http/api-error.ts";
import type { ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";

/** By id (old ids of merged records lead to the new one) or by a property whose values are unique. */
export function findRecord(
  portal: Portal,
  facts: ObjectTypeFacts,
  id: string,
  options: { idProperty?: string | null; archived?: boolean } = {},
): StoredRecord | null {
  const { idProperty, archived = false } = options;
  if (idProperty && idProperty !== "hs_object_id") return findByUnique(portal, facts, idProperty, id);
  if (archived) return portal.records.findArchived(facts.name, id);
  return portal.records.find(facts.name, portal.records.currentId(facts.name, id));
}

function findByUnique(portal: Portal, facts: ObjectTypeFacts, name: string, value: string): StoredRecord | null {
  if (!portal.properties.find(facts.name, name)?.hasUniqueValue) {
    throw invalidRequest(`Property ${name} is not a unique property of ${facts.name}`);
  }
  const wanted = value.toLowerCase();
  for (const record of portal.records.inOrder(facts.name)) {
    if (readValue(facts, record, name)?.toLowerCase() === wanted) return record;
  }
  return null;
}
