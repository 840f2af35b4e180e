import { readValue } from "../crm-data/read-value.ts";
import type { StoredRecord } from "../crm-data/record-store.ts";
import { invalidRequest } from "../http/api-error.ts";
import type { ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import type { ObjectType } from "../seed-data.ts";

/** The id that a batch reads for this one: after a merge the new one, as the switch says. */
export const batchId = (portal: Portal, type: ObjectType, id: string): string =>
  portal.switches.batchReadOfMergedId === "follow" ? portal.records.currentId(type, id) : id;

/** By id (old ids of merged records lead to the new one) or by a property whose values are unique. */
export function findRecord(
  portal: Portal,
  facts: ObjectTypeFacts,
  id: string,
  options: { idProperty?: string | null; archived?: boolean; inBatch?: boolean } = {},
): StoredRecord | null {
  const { idProperty, archived = false, inBatch = false } = options;
  if (idProperty && idProperty !== "hs_object_id") return findByUnique(portal, facts, idProperty, id);
  if (archived) return portal.records.findArchived(facts.name, id);
  const current = inBatch ? batchId(portal, facts.name, id) : portal.records.currentId(facts.name, id);
  return portal.records.find(facts.name, current);
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
