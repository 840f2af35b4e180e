import { isAppObject } from "../object-types.ts";
import type { ObjectType, StandardType } from "../seed-data.ts";
import {
  callProperties,
  communicationProperties,
  emailProperties,
  meetingProperties,
  noteProperties,
  taskProperties,
} from "../standard-properties/activity-properties.ts";
import { companyProperties } from "../standard-properties/company-properties.ts";
import { contactProperties } from "../standard-properties/contact-properties.ts";
import { dealProperties } from "../standard-properties/deal-properties.ts";
import { define, type PropertyDefinition } from "../standard-properties/define-properties.ts";

const standard: Readonly<Record<StandardType, readonly PropertyDefinition[]>> = {
  companies: companyProperties,
  contacts: contactProperties,
  deals: dealProperties,
  meetings: meetingProperties,
  calls: callProperties,
  emails: emailProperties,
  communications: communicationProperties,
  notes: noteProperties,
  tasks: taskProperties,
};

/** An app object has what its component says, and the two times that every record has. */
const standardOf = (type: ObjectType): readonly PropertyDefinition[] =>
  isAppObject(type)
    ? [
        ...define("app_object", "R", "datetime", "hs_createdate hs_lastmodifieddate"),
        ...define("app_object", "R", "number", "hs_object_id"),
      ]
    : standard[type];

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
}

export interface PropertyStore {
  /** A property that is in use; archived ones are as good as absent. */
  find(type: ObjectType, name: string): PropertyDefinition | undefined;
  findArchived(type: ObjectType, name: string): PropertyDefinition | undefined;
  list(type: ObjectType, archived: boolean): PropertyDefinition[];
  put(type: ObjectType, definition: PropertyDefinition): void;
  /** A column of an import that HubSpot does not know becomes a text property, as its import would make it. */
  adopt(type: ObjectType, name: string): void;
  groups(type: ObjectType): Map<string, PropertyGroup>;
}

export function createPropertyStore(): PropertyStore {
  const byType = new Map<ObjectType, Map<string, PropertyDefinition>>();
  const groupsByType = new Map<ObjectType, Map<string, PropertyGroup>>();
  const all = (type: ObjectType) => {
    const known = byType.get(type) ?? new Map(standardOf(type).map((definition) => [definition.name, definition]));
    byType.set(type, known);
    return known;
  };
  return {
    find(type, name) {
      const definition = all(type).get(name);
      return definition?.archivedAt === null ? definition : undefined;
    },
    findArchived(type, name) {
      const definition = all(type).get(name);
      return definition?.archivedAt === null ? undefined : definition;
    },
    list: (type, archived) => [...all(type).values()].filter((d) => (d.archivedAt !== null) === archived),
    put: (type, definition) => void all(type).set(definition.name, definition),
    adopt(type, name) {
      const [definition] = define("imported", "W", "string", name);
      if (definition) all(type).set(name, { ...definition, hubspotDefined: false });
    },
    groups(type) {
      const known = groupsByType.get(type) ?? standardGroups(type);
      groupsByType.set(type, known);
      return known;
    },
  };
}

function standardGroups(type: ObjectType): Map<string, PropertyGroup> {
  const names = new Set(standardOf(type).map((definition) => definition.groupName));
  return new Map([...names].map((name) => [name, { name, label: name, displayOrder: -1 }]));
}
