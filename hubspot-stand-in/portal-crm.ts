import type { Crm } from "./crm.ts";
import { defaultTypes } from "./crm-data/association-store.ts";
import type { Actor } from "./crm-data/change.ts";
import { link, unlink } from "./crm-data/change-links.ts";
import { changeProperties, changeSilently } from "./crm-data/change-properties.ts";
import { archiveRecord, createRecord, erasePerson, mergeRecords, restoreRecord } from "./crm-data/change-records.ts";
import type { RecordReference } from "./crm-data/link-table.ts";
import { readValue } from "./crm-data/read-value.ts";
import type { StoredRecord } from "./crm-data/record-store.ts";
import { rollUp } from "./crm-data/rollups.ts";
import { factsOf } from "./object-types.ts";
import type { Portal } from "./portal.ts";
import type { ObjectType } from "./seed-data.ts";

/** A person at work in a portal: the changes carry the source CRM_UI and the user's id. */
export function createCrm(portal: Portal, userId: number): Crm {
  const actor: Actor = { changeSource: "CRM_UI", sourceId: `userId:${userId}` };
  const show = (type: ObjectType, record: StoredRecord) => {
    rollUp(portal, { type, id: record.id });
    const facts = factsOf(type);
    const properties = { ...record.properties };
    for (const name of [facts.createdProperty, facts.modifiedProperty, "hs_object_id"]) {
      properties[name] = readValue(facts, record, name);
    }
    return { id: record.id, properties };
  };
  return {
    create(type, properties, links = []) {
      const newLinks = links.map(({ type: toType, id, primary }) => ({
        to: { type: toType, id },
        typeIds: defaultTypes(type, toType, primary === true),
      }));
      for (const { to } of newLinks) requireLinkable(portal, to);
      return createRecord(portal, actor, type, properties, newLinks).id;
    },
    update: (type, id, properties) => void changeProperties(portal, actor, { type, id }, properties),
    updateSilently: (type, id, properties) => changeSilently(portal, { type, id }, properties),
    associate(from, to, primary = false) {
      for (const end of [from, to]) requireLinkable(portal, end);
      link(portal, actor, from, to, defaultTypes(from.type, to.type, primary));
    },
    disassociate: (from, to) => unlink(portal, actor, from, to),
    merge: (type, primaryId, otherId) => mergeRecords(portal, actor, type, primaryId, otherId).id,
    delete: (type, id) => archiveRecord(portal, actor, { type, id }),
    restore: (type, id) => restoreRecord(portal, actor, { type, id }),
    privacyDelete: (contactId) => erasePerson(portal, actor, contactId),
    get(type, id) {
      const record = portal.records.find(type, portal.records.currentId(type, id));
      return record && show(type, record);
    },
    find(type, where) {
      const wanted = Object.entries(where);
      const found: ReturnType<Crm["find"]> = [];
      for (const record of portal.records.inOrder(type)) {
        if (wanted.every(([name, value]) => readValue(factsOf(type), record, name) === value))
          found.push(show(type, record));
      }
      return found;
    },
    linked: (from, to) => portal.links.links(from, to).map(({ toId }) => toId),
  };
}

function requireLinkable(portal: Portal, { type, id }: RecordReference): void {
  if (!portal.records.find(type, id)) throw new Error(`There is no record ${id} of ${type} to link with.`);
}
