import type { AppObjectType, ObjectType, StandardType } from "./seed-data.ts";

export interface ObjectTypeFacts {
  readonly name: ObjectType;
  readonly id: string;
  /** As in `company.propertyChange` and `CONTACT_TO_COMPANY`. */
  readonly singular: string;
  /** The `objectType` of a generic subscription, where that is another word. */
  readonly subscribedAs?: string;
  /** Group of scopes that rules it: activities go with contacts (hubspot-api.md §2.6). */
  readonly scopeGroup: "companies" | "contacts" | "deals" | AppObjectType;
  readonly createdProperty: string;
  /** Contacts alone use `lastmodifieddate` (§5.2). */
  readonly modifiedProperty: string;
  /** What a read returns when it names no properties. */
  readonly defaultProperties: readonly string[];
  /** What the search's `query` looks at. */
  readonly searchable: readonly string[];
  /** Whether classic subscriptions such as `company.creation` exist for it (§3.2). */
  readonly classicWebhooks: boolean;
}

const activity = (name: StandardType, id: string, singular: string, searchable: string[]): ObjectTypeFacts => ({
  name,
  id,
  singular,
  scopeGroup: "contacts",
  createdProperty: "hs_createdate",
  modifiedProperty: "hs_lastmodifieddate",
  defaultProperties: [],
  searchable,
  classicWebhooks: false,
});

/** Type ids: hubspot-api.md §5.4. */
const objectTypes: Readonly<Record<StandardType, ObjectTypeFacts>> = {
  companies: {
    name: "companies",
    id: "0-2",
    singular: "company",
    scopeGroup: "companies",
    createdProperty: "createdate",
    modifiedProperty: "hs_lastmodifieddate",
    defaultProperties: ["name", "domain"],
    searchable: ["name", "domain", "website", "phone"],
    classicWebhooks: true,
  },
  contacts: {
    name: "contacts",
    id: "0-1",
    singular: "contact",
    scopeGroup: "contacts",
    createdProperty: "createdate",
    modifiedProperty: "lastmodifieddate",
    defaultProperties: ["firstname", "lastname", "email"],
    searchable: ["firstname", "lastname", "email", "phone", "company"],
    classicWebhooks: true,
  },
  deals: {
    name: "deals",
    id: "0-3",
    singular: "deal",
    scopeGroup: "deals",
    createdProperty: "createdate",
    modifiedProperty: "hs_lastmodifieddate",
    defaultProperties: ["dealname", "amount", "closedate", "pipeline", "dealstage"],
    searchable: ["dealname", "dealstage", "pipeline"],
    classicWebhooks: true,
  },
  // The changelog "Public Beta: Generic Webhook Subscriptions" lists MEETING_EVENT, and every other type as it is called elsewhere.
  meetings: { ...activity("meetings", "0-47", "meeting", ["hs_meeting_title"]), subscribedAs: "meeting_event" },
  calls: activity("calls", "0-48", "call", ["hs_call_title"]),
  emails: activity("emails", "0-49", "email", ["hs_email_subject"]),
  communications: activity("communications", "0-18", "communication", ["hs_communication_body"]),
  notes: activity("notes", "0-46", "note", ["hs_note_body"]),
  tasks: activity("tasks", "0-27", "task", ["hs_task_subject", "hs_task_body"]),
};

const byAnyName = new Map<string, ObjectTypeFacts>();
for (const facts of Object.values(objectTypes)) {
  for (const name of [facts.name, facts.id, facts.singular]) byAnyName.set(name, facts);
}

/** Accepts a plural, a singular or an id: `companies`, `company`, `0-2`. */
export function findObjectType(name: string): ObjectTypeFacts | undefined {
  const type = name.toLowerCase();
  return isAppObject(type) ? appObject(type) : byAnyName.get(type);
}

export const findSubscribedType = (name: string): ObjectTypeFacts | undefined =>
  Object.values(objectTypes).find(({ singular, subscribedAs = singular }) => subscribedAs === name);

export const findClassicType = (name: string): ObjectTypeFacts | undefined =>
  Object.values(objectTypes).find(({ singular, classicWebhooks }) => classicWebhooks && singular === name);

export const factsOf = (type: ObjectType): ObjectTypeFacts => (isAppObject(type) ? appObject(type) : objectTypes[type]);

export const isAppObject = (type: string): type is AppObjectType => /^a\d+_[a-z0-9_]+$/.test(type);

const appObject = (name: AppObjectType): ObjectTypeFacts => ({
  name,
  id: name,
  singular: name,
  scopeGroup: name,
  createdProperty: "hs_createdate",
  modifiedProperty: "hs_lastmodifieddate",
  defaultProperties: [],
  searchable: [],
  classicWebhooks: false,
});
