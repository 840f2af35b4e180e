import { readValue } from "../crm-data/read-value.ts";
import type { PropertyValues, StoredRecord } from "../crm-data/record-store.ts";
import { rollUp } from "../crm-data/rollups.ts";
import type { IndexedRecord } from "../crm-data/search-index.ts";
import type { ObjectTypeFacts } from "../object-types.ts";
import type { Portal } from "../portal.ts";

/**
 * A record as the API shows it: the asked properties and those that always come; unknown names are left out in silence,
 * empty ones are null (hubspot-api.md §5.5).
 */
export function showRecord(
  portal: Portal,
  facts: ObjectTypeFacts,
  record: StoredRecord,
  asked: readonly string[],
): object {
  rollUp(portal, { type: facts.name, id: record.id });
  const archived = record.archivedAt !== null;
  return {
    ...showIndexed(portal, facts, record, asked),
    archived,
    ...(record.archivedAt !== null && { archivedAt: new Date(record.archivedAt).toISOString() }),
  };
}

export function showIndexed(
  portal: Portal,
  facts: ObjectTypeFacts,
  record: IndexedRecord,
  asked: readonly string[],
): object {
  const names = asked.length > 0 ? asked : facts.defaultProperties;
  const properties: PropertyValues = {};
  for (const name of [...names, facts.createdProperty, facts.modifiedProperty, "hs_object_id"]) {
    if (portal.properties.find(facts.name, name)) properties[name] = readValue(facts, record, name);
  }
  return {
    id: record.id,
    properties,
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: false,
    url: `https://app.hubspot.com/contacts/${portal.settings.portalId}/record/${facts.id}/${record.id}`,
  };
}
