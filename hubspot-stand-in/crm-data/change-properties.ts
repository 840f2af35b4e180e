import { factsOf } from "../object-types.ts";
import type { Portal } from "../portal.ts";
import type { ObjectType } from "../seed-data.ts";
import { lifecycleStages } from "../standard-properties/shared-options.ts";
import { defaultTypes } from "./association-store.ts";
import { childToParent } from "./association-types.ts";
import type { Actor } from "./change.ts";
import { link, unlink } from "./change-links.ts";
import type { Link, RecordReference } from "./link-table.ts";
import type { PropertyValues, StoredRecord } from "./record-store.ts";
import { feedsRollups, rollUpAround } from "./rollups.ts";

/** Writes the values that differ, publishes each, and keeps what follows from them. An empty text clears. */
export function changeProperties(
  portal: Portal,
  actor: Actor,
  { type, id }: RecordReference,
  values: Readonly<PropertyValues>,
): StoredRecord {
  const record = requireRecord(portal, type, id);
  const changed = writeValues(portal, type, record, values);
  for (const name of changed) {
    const value = record.properties[name] ?? "";
    portal.publish({ kind: "propertyChange", type, id, name, value, actor, at: record.updatedAt });
  }
  applyLinkProperties(portal, actor, { type, id }, values);
  if (changed.some((name) => feedsRollups(type, name))) rollUpAround(portal, { type, id });
  return record;
}

/** Counters and roll-ups of HubSpot's own: no event unless the switch says so (hubspot-api.md §3.5). */
export function changeSilently(portal: Portal, { type, id }: RecordReference, values: Readonly<PropertyValues>): void {
  const record = requireRecord(portal, type, id);
  const changed = writeValues(portal, type, record, values);
  if (portal.switches.calculatedSendsWebhooks) {
    const actor = { changeSource: "CALCULATED", sourceId: "" };
    for (const name of changed) {
      const value = record.properties[name] ?? "";
      portal.publish({ kind: "propertyChange", type, id, name, value, actor, at: record.updatedAt });
    }
  }
  if (changed.some((name) => feedsRollups(type, name))) rollUpAround(portal, { type, id });
}

export function requireRecord(portal: Portal, type: ObjectType, id: string): StoredRecord {
  const record = portal.records.find(type, id);
  if (!record) throw new Error(`There is no ${factsOf(type).singular} ${id} in portal ${portal.settings.portalId}.`);
  return record;
}

function writeValues(
  portal: Portal,
  type: ObjectType,
  record: StoredRecord,
  values: Readonly<PropertyValues>,
): string[] {
  const changed = Object.keys(values).filter((name) => (record.properties[name] ?? "") !== (values[name] ?? ""));
  if (changed.length === 0) return changed;
  portal.index.remember(type, record.id, record);
  record.updatedAt = portal.clock.now();
  for (const name of changed) {
    if (!portal.properties.find(type, name)) throw new Error(`${type} have no property ${name}.`);
    const before = record.properties[name] ?? null;
    record.properties[name] = values[name] || null;
    Object.assign(record.properties, systemValues(portal, type, name, before, values[name] || null));
  }
  return changed;
}

const lifecycleNames: ReadonlySet<string> = new Set(lifecycleStages.map(([stage]) => stage));

/** What HubSpot's system writes beside a value: times of stages, an address's domain (§5.2, §5.3). */
export function systemValues(
  portal: Portal,
  type: ObjectType,
  name: string,
  before: string | null,
  value: string | null,
): PropertyValues {
  const at = new Date(portal.clock.now()).toISOString();
  if (type === "contacts" && name === "email") return { hs_email_domain: value?.split("@")[1] ?? null };
  if (name === "dealstage") {
    const entered = value && portal.properties.find(type, `hs_v2_date_entered_${value}`) ? value : "current_stage";
    return { hs_v2_date_entered_current_stage: at, [`hs_v2_date_entered_${entered}`]: at };
  }
  if (name !== "lifecyclestage") return {};
  return {
    ...(value && lifecycleNames.has(value) && { [`hs_v2_date_entered_${value}`]: at }),
    ...(type === "contacts" && before && lifecycleNames.has(before) && { [`hs_v2_date_exited_${before}`]: at }),
  };
}

/** Two properties are links in disguise: a person's primary company and a company's parent. */
export function applyLinkProperties(
  portal: Portal,
  actor: Actor,
  from: RecordReference,
  values: Readonly<PropertyValues>,
): void {
  const name = from.type === "contacts" ? "associatedcompanyid" : "hs_parent_company_id";
  if (!(name in values) || (from.type !== "contacts" && from.type !== "companies")) return;
  const id = values[name] || null;
  const types = from.type === "companies" ? [childToParent] : undefined;
  const primary = portal.links.primary(from, "companies");
  const isOld = ({ toId, typeIds }: Link) =>
    toId !== id && (types ? typeIds.includes(childToParent) : toId === primary);
  for (const { toId } of portal.links.links(from, "companies").filter(isOld)) {
    unlink(portal, actor, from, { type: "companies", id: toId }, types);
  }
  if (!id || !portal.records.find("companies", id)) return;
  link(portal, actor, from, { type: "companies", id }, types ?? defaultTypes(from.type, "companies", true));
}
