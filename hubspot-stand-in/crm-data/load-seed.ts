import type { Portal } from "../portal.ts";
import type { SeedData, SeedRecord } from "../seed-data.ts";
import { defaultTypes } from "./association-store.ts";

/**
 * Takes a seed's records as they are: no events, no checks of values, calculated values at the first read. The property
 * objects are taken over, not copied, so that a million records fit into memory.
 */
export function loadSeed(portal: Portal, records: SeedData["records"]): void {
  const known = new Set<string>();
  for (const batch of records) {
    for (const record of batch) addRecord(portal, record, known);
    for (const record of batch) addLinks(portal, record);
  }
}

function addRecord(portal: Portal, seed: SeedRecord, known: Set<string>): void {
  for (const name in seed.properties) {
    const key = `${seed.type} ${name}`;
    if (known.has(key)) continue;
    known.add(key);
    if (!portal.properties.find(seed.type, name)) portal.properties.adopt(seed.type, name);
  }
  portal.records.add(seed.type, {
    id: seed.id,
    properties: seed.properties,
    createdAt: seed.createdAt,
    updatedAt: seed.updatedAt,
    archivedAt: null,
    rolledUp: false,
  });
}

function addLinks(portal: Portal, seed: SeedRecord): void {
  const from = { type: seed.type, id: seed.id };
  for (const { type, id, primary } of seed.links ?? []) {
    if (!portal.records.find(type, id))
      throw new Error(`${seed.type} ${seed.id} is linked to ${type} ${id}, which is not there.`);
    portal.links.add(from, { type, id }, defaultTypes(seed.type, type, primary === true));
    if (primary && seed.type === "contacts" && type === "companies") seed.properties.associatedcompanyid = id;
  }
}
