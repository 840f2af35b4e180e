import type { PropertyDefinition } from "../standard-properties/define-properties.ts";

export function showProperty(definition: PropertyDefinition): object {
  const { readOnly, archivedAt, createdAt, updatedAt, hubspotDefined, ...rest } = definition;
  return {
    ...rest,
    options: definition.options.map((option) => ({ ...option })),
    hubspotDefined,
    externalOptions: false,
    archived: archivedAt !== null,
    ...(archivedAt !== null && { archivedAt: new Date(archivedAt).toISOString() }),
    ...(createdAt !== null && { createdAt: new Date(createdAt).toISOString() }),
    ...(updatedAt !== null && { updatedAt: new Date(updatedAt).toISOString() }),
    dataSensitivity: "non_sensitive",
    modificationMetadata: {
      archivable: !hubspotDefined,
      readOnlyDefinition: hubspotDefined,
      readOnlyOptions: hubspotDefined && definition.type === "enumeration" ? readOnly : false,
      readOnlyValue: readOnly,
    },
  };
}
