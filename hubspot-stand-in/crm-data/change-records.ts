import type { Portal } from "../portal.ts";
import type { ObjectType } from "../seed-data.ts";
import { defaultTypes } from "./association-store.ts";
import type { Actor } from "./change.ts";
import { link } from "./change-links.ts";
import { applyLinkProperties, requireRecord, systemValues } from "./change-properties.ts";
import type { RecordReference } from "./link-table.ts";
import type { PropertyValues, StoredRecord } from "./record-store.ts";
import { rollUpAround } from "./rollups.ts";

export interface NewLink {
  readonly to: RecordReference;
  readonly typeIds: readonly number[];
}

export function createRecord(
  portal: Portal,
  actor: Actor,
  type: ObjectType,
  values: Readonly<PropertyValues>,
  links: readonly NewLink[] = [],
): StoredRecord {
  const at = portal.clock.now();
  const properties: PropertyValues = {};
  for (const [name, value] of Object.entries(values)) {
    if (!portal.properties.find(type, name)) throw new Error(`${type} have no property ${name}.`);
    if (value) Object.assign(properties, { [name]: value }, systemValues(portal, type, name, null, value));
  }
  const record: StoredRecord = {
    id: portal.records.newId(type),
    properties,
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
    rolledUp: true,
  };
  portal.index.remember(type, record.id, null);
  portal.records.add(type, record);
  portal.publish({ kind: "creation", type, id: record.id, actor, at });
  publishFirstValues(portal, actor, { type, id: record.id }, values);
  const self = { type, id: record.id };
  for (const { to, typeIds } of links) link(portal, actor, self, to, typeIds);
  applyLinkProperties(portal, actor, self, values);
  rollUpAround(portal, self);
  return record;
}

function publishFirstValues(
  portal: Portal,
  actor: Actor,
  { type, id }: RecordReference,
  values: Readonly<PropertyValues>,
) {
  if (!portal.switches.createSendsPropertyChanges) return;
  const at = portal.clock.now();
  for (const [name, value] of Object.entries(values)) {
    if (value) portal.publish({ kind: "propertyChange", type, id, name, value, actor, at });
  }
}

/** Into the recycling bin. Its links are out of sight until it is restored. */
export function archiveRecord(portal: Portal, actor: Actor, { type, id }: RecordReference): void {
  portal.index.remember(type, id, requireRecord(portal, type, id));
  const at = portal.clock.now();
  const record = portal.records.archive(type, id, at);
  if (record) keptLinks.set(record, takeLinks(portal, { type, id }));
  portal.publish({ kind: "deletion", type, id, actor, at });
}

export function restoreRecord(portal: Portal, actor: Actor, { type, id }: RecordReference): void {
  const record = portal.records.restore(type, id);
  if (!record) throw new Error(`No deleted record ${id} of ${type} waits to be restored.`);
  portal.index.remember(type, id, null);
  for (const { to, typeIds } of keptLinks.get(record) ?? []) {
    if (portal.records.find(to.type, to.id)) portal.links.add({ type, id }, to, typeIds);
  }
  portal.publish({ kind: "restore", type, id, actor, at: portal.clock.now() });
  rollUpAround(portal, { type, id });
}

/** Erases a contact for good and keeps its address from coming back (hubspot-api.md §6.8). */
export function erasePerson(portal: Portal, actor: Actor, id: string): void {
  const at = portal.clock.now();
  const record = portal.records.find("contacts", id) ?? portal.records.findArchived("contacts", id);
  if (!record) throw new Error(`There is no contact ${id} to erase.`);
  if (portal.switches.erasedInSearch === "late" && record.archivedAt === null)
    portal.index.remember("contacts", id, record);
  takeLinks(portal, { type: "contacts", id });
  portal.records.erase("contacts", id);
  const email = record.properties.email;
  if (email) portal.blockedEmails.add(email.toLowerCase());
  const kinds = ["privacyDeletion", "deletion"] as const;
  const order = portal.switches.privacyDeletionOrder === "privacyFirst" ? kinds : kinds.toReversed();
  for (const kind of order) portal.publish({ kind, type: "contacts", id, actor, at });
}

/** The merged record has a new id; the old ids lead to it (hubspot-api.md §0.8). */
export function mergeRecords(
  portal: Portal,
  actor: Actor,
  type: "companies" | "contacts",
  primaryId: string,
  otherId: string,
): StoredRecord {
  if (primaryId === otherId) throw new Error("A record cannot be merged with itself.");
  const [primary, other] = [requireRecord(portal, type, primaryId), requireRecord(portal, type, otherId)];
  const at = portal.clock.now();
  const gaps = Object.entries(other.properties).filter(([name, value]) => value && !primary.properties[name]);
  const merged: StoredRecord = {
    id: portal.records.newId(type),
    properties: {
      ...primary.properties,
      ...Object.fromEntries(gaps),
      hs_merged_object_ids: namedIds(portal, primary, other),
    },
    createdAt: Math.min(primary.createdAt, other.createdAt),
    updatedAt: at,
    archivedAt: null,
    rolledUp: true,
  };
  portal.index.remember(type, merged.id, null);
  portal.records.add(type, merged);
  for (const old of [primary, other]) moveInto(portal, { type, id: merged.id }, old);
  rollUpAround(portal, { type, id: merged.id });
  publishMerge(portal, actor, { type, primaryId, otherId, newId: merged.id, moved: gaps.length });
  return merged;
}

/** The default is an inference from the new id that both now have (§0.8); HubSpot does not say whom the property names. */
function namedIds(portal: Portal, primary: StoredRecord, other: StoredRecord): string {
  const { mergedIdsNamed } = portal.switches;
  const own = { both: [primary.id, other.id], other: [other.id], none: [] }[mergedIdsNamed];
  const before = [primary, other].map((record) => record.properties.hs_merged_object_ids);
  return [...before, ...own].filter(Boolean).join(";");
}

function publishMerge(
  portal: Portal,
  actor: Actor,
  merge: { type: ObjectType; primaryId: string; otherId: string; newId: string; moved: number },
): void {
  const { type, primaryId, otherId, newId, moved } = merge;
  const at = portal.clock.now();
  portal.publish({ kind: "merge", type, primaryId, mergedIds: [otherId], newId, propertiesMoved: moved, actor, at });
  if (!portal.switches.mergeSendsCompanions) return;
  portal.publish({ kind: "creation", type, id: newId, actor, at });
  for (const id of [primaryId, otherId]) portal.publish({ kind: "deletion", type, id, actor, at });
}

function moveInto(portal: Portal, target: RecordReference, old: StoredRecord): void {
  const from = { type: target.type, id: old.id };
  portal.index.remember(target.type, old.id, old);
  for (const { to, typeIds } of portal.links.neighbours(from)) {
    portal.links.remove(from, to);
    if (to.type === target.type && (to.id === target.id || !portal.records.find(to.type, to.id))) continue;
    const taken = to.type === "companies" && portal.links.primary(target, to.type) !== null;
    portal.links.add(target, to, taken ? defaultTypes(target.type, to.type, false) : typeIds);
    followCompany(portal, target, to);
  }
  portal.records.mergeAway(target.type, old.id, target.id, portal.switches.mergedInBin ? portal.clock.now() : null);
}

/** When companies merge, the primary company of their people is the new one. */
function followCompany(portal: Portal, target: RecordReference, person: RecordReference): void {
  if (target.type !== "companies" || person.type !== "contacts") return;
  const record = portal.records.find("contacts", person.id);
  const primary = portal.links.primary(person, "companies");
  if (!record || record.properties.associatedcompanyid === primary) return;
  portal.index.remember("contacts", person.id, record);
  record.properties.associatedcompanyid = primary;
  record.updatedAt = portal.clock.now();
}

const keptLinks = new WeakMap<StoredRecord, readonly NewLink[]>();

function takeLinks(portal: Portal, from: RecordReference): NewLink[] {
  const links = portal.links.neighbours(from);
  for (const { to } of links) portal.links.remove(from, to);
  for (const { to } of links) rollUpAround(portal, to);
  return links;
}
