import { webhookObjectTypes } from "./webhook-object-types.ts";

/**
 * Our own JSON schemas of the components that we upload, by HubSpot's internal type name. HubSpot gives its schemas only
 * to a logged-in account (hubspot-project.md §1.6); these hold what §1.4 knows of each field, so that a typing error is
 * found here instead of by an upload.
 */
const text = { type: "string", minLength: 1 };
const texts = { type: "array", items: text };
const httpsUrl = { type: "string", pattern: "^https://[^/\\s]+" };
const httpsUrls = { type: "array", items: httpsUrl };
const object = (properties: Record<string, unknown>, required: readonly string[]) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const listOf = (items: unknown) => ({ type: "array", items });

const application = object(
  {
    name: { type: "string", minLength: 1, maxLength: 200, pattern: "^\\S(.*\\S)?$" },
    description: { type: "string", minLength: 1, maxLength: 8192 },
    logo: { type: "string", pattern: "^/app/.+\\.(png|jpe?g|gif|bmp)$" },
    distribution: { enum: ["marketplace", "private"] },
    auth: object(
      {
        type: { enum: ["oauth", "static"] },
        redirectUrls: { type: "array", minItems: 1, items: httpsUrl },
        requiredScopes: { type: "array", items: text, contains: { const: "oauth" }, uniqueItems: true },
        optionalScopes: { ...texts, uniqueItems: true },
        conditionallyRequiredScopes: { ...texts, uniqueItems: true },
      },
      ["type", "redirectUrls", "requiredScopes"],
    ),
    permittedUrls: object({ fetch: httpsUrls, iframe: httpsUrls, img: httpsUrls }, []),
    support: object(
      {
        supportEmail: text,
        documentationUrl: httpsUrl,
        supportUrl: httpsUrl,
        supportPhone: { type: "string", pattern: "^\\+" },
      },
      [],
    ),
  },
  ["name", "description", "distribution", "auth"],
);

const card = object(
  {
    name: text,
    description: text,
    previewImage: object({ file: text, altText: text }, ["file", "altText"]),
    entrypoint: { type: "string", pattern: "^/app/cards/[^/]+\\.(tsx|jsx|ts|js)$" },
    location: { enum: ["crm.record.tab", "crm.record.sidebar", "crm.preview", "helpdesk.sidebar"] },
    objectTypes: { type: "array", minItems: 1, items: text },
  },
  ["name", "entrypoint", "location", "objectTypes"],
);

/** Pages and settings are shown in one place only and have no name of their own. */
const withEntry = (folder: string) =>
  object({ entrypoint: { type: "string", pattern: `^/app/${folder}/[^/]+\\.(tsx|jsx|ts|js)$` } }, ["entrypoint"]);

const bulkAction = object(
  {
    label: text,
    entrypoint: { type: "string", pattern: "^/app/actions/[^/]+\\.(tsx|jsx|ts|js)$" },
    objectTypes: { type: "array", minItems: 1, items: text },
    displayMode: { enum: ["PANEL", "MODAL"] },
    icon: { type: "string", pattern: "^[A-Za-z]+$" },
  },
  ["label", "entrypoint", "objectTypes", "displayMode"],
);

const lifecycleEvents = ["creation", "deletion", "merge", "restore", "associationChange"].map(
  (kind) => `object.${kind}`,
);
const objectType = { enum: webhookObjectTypes };
const crmSubscription = {
  oneOf: [
    object({ subscriptionType: { enum: lifecycleEvents }, objectType, active: { type: "boolean" } }, [
      "subscriptionType",
      "objectType",
      "active",
    ]),
    object(
      {
        subscriptionType: { const: "object.propertyChange" },
        objectType,
        propertyName: text,
        active: { type: "boolean" },
      },
      ["subscriptionType", "objectType", "propertyName", "active"],
    ),
  ],
};
const namedSubscription = object({ subscriptionType: text, propertyName: text, active: { type: "boolean" } }, [
  "subscriptionType",
  "active",
]);

const webhooks = object(
  {
    settings: object({ targetUrl: httpsUrl, maxConcurrentRequests: { type: "integer", minimum: 6 } }, [
      "targetUrl",
      "maxConcurrentRequests",
    ]),
    subscriptions: object(
      {
        crmObjects: listOf(crmSubscription),
        legacyCrmObjects: listOf(namedSubscription),
        hubEvents: listOf(namedSubscription),
      },
      [],
    ),
  },
  ["settings", "subscriptions"],
);

const fieldOption = object({ value: text, label: text, displayOrder: { type: "integer" } }, ["value", "label"]);
const typeDefinition = object(
  {
    name: { type: "string", pattern: "^[A-Za-z][A-Za-z0-9_]*$" },
    type: { enum: ["string", "number", "enumeration", "bool", "date", "datetime"] },
    fieldType: { enum: ["text", "textarea", "number", "select", "radio", "checkbox", "booleancheckbox", "date"] },
    description: text,
    options: listOf(fieldOption),
    optionsUrl: httpsUrl,
    referencedObjectType: text,
  },
  ["name", "type", "fieldType"],
);
const labelsOfFields = { type: "object", additionalProperties: text };
const actionLabels = object(
  {
    actionName: text,
    actionDescription: text,
    actionCardContent: text,
    appDisplayName: text,
    inputFieldLabels: labelsOfFields,
    inputFieldDescriptions: labelsOfFields,
    outputFieldLabels: labelsOfFields,
  },
  ["actionName"],
);
const workflowAction = object(
  {
    actionUrl: httpsUrl,
    isPublished: { type: "boolean" },
    supportedClients: { ...listOf(object({ client: { enum: ["WORKFLOWS", "AGENTS"] } }, ["client"])), minItems: 1 },
    toolType: { enum: ["GET_DATA", "GENERATE", "TAKE_ACTION"] },
    llmConfig: object({ actionDescription: text }, ["actionDescription"]),
    inputFields: listOf(
      object(
        {
          typeDefinition,
          supportedValueTypes: { type: "array", minItems: 1, items: { enum: ["STATIC_VALUE", "OBJECT_PROPERTY"] } },
          isRequired: { type: "boolean" },
        },
        ["typeDefinition", "supportedValueTypes", "isRequired"],
      ),
    ),
    outputFields: listOf(object({ typeDefinition }, ["typeDefinition"])),
    labels: object({ en: actionLabels }, ["en"]),
    objectTypes: texts,
  },
  ["actionUrl", "supportedClients", "inputFields", "labels"],
);

const propertyName = { type: "string", pattern: "^[a-z][a-z0-9_]*$" };
/** Labels have letters and spaces only, so has what an object is called (§2). */
const plainLabel = { type: "string", pattern: "^[A-Za-z][A-Za-z ]*$", maxLength: 50 };
const appObjectProperty = object(
  {
    name: propertyName,
    label: plainLabel,
    description: text,
    type: { enum: ["string", "number", "enumeration", "bool", "date", "datetime"] },
    fieldType: { enum: ["text", "textarea", "number", "select", "radio", "checkbox", "booleancheckbox", "date"] },
    options: listOf(
      object({ label: text, value: propertyName, displayOrder: { type: "integer" } }, [
        "label",
        "value",
        "displayOrder",
      ]),
    ),
    hasUniqueValue: { type: "boolean" },
    readOnlyValue: { type: "boolean" },
  },
  ["name", "label", "type", "fieldType"],
);
const appObject = object(
  {
    name: { type: "string", pattern: "^[A-Z][A-Z0-9_]*$" },
    appPrefix: text,
    description: { type: "string", minLength: 1, maxLength: 72 },
    singularForm: plainLabel,
    pluralForm: plainLabel,
    primaryDisplayLabelPropertyName: propertyName,
    secondaryDisplayLabelPropertyNames: { type: "array", maxItems: 2, items: propertyName },
    properties: { ...listOf(appObjectProperty), minItems: 1 },
    settings: object(
      {
        hasRecordPage: { type: "boolean" },
        allowsUserCreatedRecords: { type: "boolean" },
        hasEngagements: { type: "boolean" },
      },
      ["hasRecordPage", "allowsUserCreatedRecords", "hasEngagements"],
    ),
  },
  [
    "name",
    "singularForm",
    "pluralForm",
    "primaryDisplayLabelPropertyName",
    "secondaryDisplayLabelPropertyNames",
    "properties",
    "settings",
  ],
);
const appObjectAssociation = object(
  {
    firstObjectType: text,
    secondObjectType: text,
    firstToSecondBaseLimit: { type: "integer" },
    secondToFirstBaseLimit: { type: "integer" },
  },
  ["firstObjectType", "secondObjectType"],
);

export const componentSchemas: Readonly<Record<string, object>> = {
  APPLICATION: application,
  CARD: card,
  PAGE: withEntry("pages"),
  SETTINGS: withEntry("settings"),
  WEBHOOKS: webhooks,
  WORKFLOW_ACTION: workflowAction,
  CRM_BULK_ACTION: bulkAction,
  APP_OBJECT: appObject,
  APP_OBJECT_ASSOCIATION: appObjectAssociation,
};
