import { type AppObject, appObjectScopes, appObjects } from "../shared/app-objects.ts";

/** A file of the upload, below `src/app/`. */
interface MetaFile {
  readonly path: string;
  readonly content: { readonly uid: string; readonly type: string; readonly config: Readonly<Record<string, unknown>> };
}

/**
 * The components of the records that mirror our programme. A name that HubSpot has not granted fails the whole upload
 * (hubspot-project.md §2), so they lie outside the tree and are written into it only where the environment says that they are.
 */
export const appObjectFiles = (): MetaFile[] => Object.values(appObjects).flatMap(filesOf);

const uidOf = (object: AppObject): string => `touchstone_${object.key}`;

function filesOf(object: AppObject): MetaFile[] {
  const file = object.key.replace("_", "-");
  const associations = object.linkedTo.map((type) => ({
    path: `app-object-associations/${file}-to-${type}-hsmeta.json`,
    content: {
      uid: `${uidOf(object)}_to_${type}`,
      type: "app-object-association",
      config: { firstObjectType: uidOf(object), secondObjectType: type === "companies" ? "COMPANY" : "CONTACT" },
    },
  }));
  return [
    {
      path: `app-objects/${file}-hsmeta.json`,
      content: { uid: uidOf(object), type: "app-object", config: configOf(object) },
    },
    ...associations,
  ];
}

const configOf = (object: AppObject) => ({
  name: object.name,
  appPrefix: "Touchstone",
  description: object.description,
  singularForm: object.singular,
  pluralForm: object.plural,
  primaryDisplayLabelPropertyName: object.display,
  secondaryDisplayLabelPropertyNames: object.secondary,
  properties: object.properties.map(({ name, label, type, fieldType, options, unique, editable }) => ({
    name,
    label,
    type,
    fieldType,
    ...(options && { options: options.map((option, displayOrder) => ({ ...option, displayOrder })) }),
    ...(unique && { hasUniqueValue: true }),
    ...(!editable && { readOnlyValue: true }),
  })),
  settings: { hasRecordPage: true, allowsUserCreatedRecords: false, hasEngagements: false },
});

interface AppMeta {
  readonly config: { readonly auth: { readonly optionalScopes: readonly string[] } };
}

/** The app asks for the scopes of its own objects too, where a portal has them. */
export const withAppObjectScopes = <Meta extends AppMeta>(meta: Meta, appId: number): Meta => ({
  ...meta,
  config: {
    ...meta.config,
    auth: { ...meta.config.auth, optionalScopes: [...meta.config.auth.optionalScopes, ...appObjectScopes(appId)] },
  },
});
