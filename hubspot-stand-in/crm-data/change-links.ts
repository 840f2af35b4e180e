import type { Portal } from "../portal.ts";
import { primaryType } from "./association-types.ts";
import type { Actor } from "./change.ts";
import type { RecordReference } from "./link-table.ts";
import { rollUpAround } from "./rollups.ts";

/** Links two records with the given types; a record has one primary company, so a new one takes over. */
export function link(
  portal: Portal,
  actor: Actor,
  from: RecordReference,
  to: RecordReference,
  typeIds: readonly number[],
): void {
  const primary = primaryType(from.type, to.type);
  if (primary !== undefined && typeIds.includes(primary)) {
    const company = from.type === "companies" ? from : to;
    dropOldPrimary(portal, actor, from.type === "companies" ? to : from, company);
  }
  const fresh = portal.links.add(from, to, typeIds);
  if (fresh.length === 0) return;
  publishBothWays(portal, actor, from, to, fresh, false);
  followPrimary(portal, actor, from, to, fresh);
  rollUpAround(portal, from);
  rollUpAround(portal, to);
}

export function unlink(
  portal: Portal,
  actor: Actor,
  from: RecordReference,
  to: RecordReference,
  typeIds?: readonly number[],
): void {
  const gone = portal.links.remove(from, to, typeIds);
  if (gone.length === 0) return;
  publishBothWays(portal, actor, from, to, gone, true);
  followPrimary(portal, actor, from, to, gone);
  rollUpAround(portal, from);
  rollUpAround(portal, to);
}

function dropOldPrimary(portal: Portal, actor: Actor, from: RecordReference, company: RecordReference): void {
  const old = portal.links.primary(from, "companies");
  const typeId = primaryType(from.type, "companies");
  if (old === null || old === company.id || typeId === undefined) return;
  const to: RecordReference = { type: "companies", id: old };
  const gone = portal.links.remove(from, to, [typeId]);
  publishBothWays(portal, actor, from, to, gone, true);
  rollUpAround(portal, to);
}

/** One event per direction, and for a primary link a second one for the plain link (hubspot-api.md §3.3). */
function publishBothWays(
  portal: Portal,
  actor: Actor,
  from: RecordReference,
  to: RecordReference,
  typeIds: readonly number[],
  removed: boolean,
): void {
  const primary = primaryType(from.type, to.type);
  const at = portal.clock.now();
  for (const typeId of typeIds) {
    const shared = { kind: "associationChange", removed, primary: typeId === primary, actor, at } as const;
    portal.publish({ ...shared, from, to });
    portal.publish({ ...shared, from: to, to: from });
  }
}

/** `associatedcompanyid` is the primary company; unlike roll-ups its changes are sent (§3.5). */
function followPrimary(
  portal: Portal,
  actor: Actor,
  from: RecordReference,
  to: RecordReference,
  typeIds: readonly number[],
): void {
  const contact = from.type === "contacts" && to.type === "companies" ? from : to;
  const company = contact === from ? to : from;
  if (contact.type !== "contacts" || company.type !== "companies") return;
  const primary = primaryType(from.type, to.type);
  if (primary === undefined || !typeIds.includes(primary)) return;
  const record = portal.records.find("contacts", contact.id);
  const value = portal.links.primary(contact, "companies");
  if (!record || (record.properties.associatedcompanyid ?? null) === value) return;
  portal.index.remember("contacts", contact.id, record);
  record.properties.associatedcompanyid = value;
  record.updatedAt = portal.clock.now();
  const change = { name: "associatedcompanyid", value: value ?? "", actor, at: record.updatedAt };
  portal.publish({ kind: "propertyChange", type: "contacts", id: contact.id, ...change });
}
