import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type {
  AppDefinition,
  CardDefinition,
  Subscription,
  WebhookSettings,
  WorkflowActionDefinition,
} from "./app-definition.ts";

import { toAppObject } from "./app-objects.ts";
import { checkSubscription } from "./webhooks/check-subscription.ts";

export type ProfileVariables = Readonly<Record<string, string | number | boolean>>;

/** What HubSpot itself makes up when a project is uploaded. */
export interface AppCredentials {
  readonly appId: number;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Reads the configuration of a project as an upload would: the folder that `hsproject.json` names, meta files directly in
 * their folders, `${name}` replaced by the profile's variables (hubspot-project.md §1.2, §1.4).
 */
export async function appFromProject(
  projectDir: string,
  variables: ProfileVariables,
  credentials: AppCredentials,
): Promise<AppDefinition> {
  const { srcDir } = await readJson(path.join(projectDir, "hsproject.json"));
  const source = path.join(projectDir, asText(srcDir, "srcDir"), "app");
  const app = await readMeta(path.join(source, "app-hsmeta.json"), variables);
  const [webhooks] = await readFolder(path.join(source, "webhooks"), variables);
  const cards = await readFolder(path.join(source, "cards"), variables);
  const objects = await readFolder(path.join(source, "app-objects"), variables);
  const actions = await readFolder(path.join(source, "workflow-actions"), variables);
  const { auth, permittedUrls, name } = app.config;
  const requiredScopes = asTexts(asObject(auth).requiredScopes);
  return {
    ...credentials,
    name: asText(name, "name"),
    redirectUrls: asTexts(asObject(auth).redirectUrls),
    requiredScopes,
    optionalScopes: [...asTexts(asObject(auth).optionalScopes), ...asTexts(asObject(auth).conditionallyRequiredScopes)],
    permittedUrls: asTexts(asObject(permittedUrls).fetch),
    webhooks: webhooks
      ? toWebhooks(webhooks, requiredScopes)
      : { targetUrl: "", maxConcurrentRequests: 10, subscriptions: [] },
    cards: cards.filter(({ type }) => type === "card").map(toCard),
    ...(objects.length > 0 && { appObjects: objects.map(({ config }) => toAppObject(config, credentials.appId)) }),
    workflowActions: actions.filter(isPublishedAction).map(toWorkflowAction),
  };
}

interface Meta {
  readonly uid: string;
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Others are seen in the developer's own account only, and no portal here is that one. */
const isPublishedAction = ({ type, config }: Meta): boolean =>
  type === "workflow-action" && config.isPublished === true;

function toWebhooks({ config }: Meta, requiredScopes: readonly string[]): WebhookSettings {
  const settings = asObject(config.settings);
  const lists = asObject(config.subscriptions);
  const given = ["crmObjects", "legacyCrmObjects", "hubEvents"].flatMap((kind) => asObjects(lists[kind]));
  // An entry is switched off, never taken out (hubspot-project.md §1.4).
  const subscriptions = given.filter((entry) => entry.active === true).map(toSubscription);
  for (const one of subscriptions) checkSubscription(one, requiredScopes);
  return {
    targetUrl: asText(settings.targetUrl, "targetUrl"),
    maxConcurrentRequests: Number(settings.maxConcurrentRequests),
    subscriptions,
  };
}

function toSubscription(entry: Readonly<Record<string, unknown>>): Subscription {
  const { subscriptionType, objectType, propertyName } = entry;
  return {
    subscriptionType: asText(subscriptionType, "subscriptionType"),
    ...(objectType !== undefined && { objectType: asText(objectType, "objectType") }),
    ...(propertyName !== undefined && { propertyName: asText(propertyName, "propertyName") }),
  };
}

function toCard({ uid, config }: Meta): CardDefinition {
  return {
    uid,
    name: asText(config.name, "name"),
    location: asText(config.location, "location"),
    objectTypes: asTexts(config.objectTypes),
    entrypoint: asText(config.entrypoint, "entrypoint"),
  };
}

function toWorkflowAction({ uid, config }: Meta): WorkflowActionDefinition {
  const required = asObjects(config.inputFields).filter((field) => field.isRequired === true);
  return {
    uid,
    actionUrl: asText(config.actionUrl, "actionUrl"),
    objectTypes: asTexts(config.objectTypes),
    requiredFields: required.map((field) => asText(asObject(field.typeDefinition).name, "name")),
  };
}

async function readFolder(folder: string, variables: ProfileVariables): Promise<Meta[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const metas = names.filter((name) => name.endsWith("-hsmeta.json")).sort();
  return Promise.all(metas.map((name) => readMeta(path.join(folder, name), variables)));
}

async function readMeta(file: string, variables: ProfileVariables): Promise<Meta> {
  const { uid, type, config } = await readJson(file);
  return {
    uid: asText(fillIn(uid, variables, file), "uid"),
    type: asText(type, "type"),
    config: asObject(fillIn(config, variables, file)),
  };
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  return asObject(JSON.parse(await readFile(file, "utf8")));
}

/** A text that is one variable and nothing else takes the variable's own type; a missing one is an error. */
function fillIn(value: unknown, variables: ProfileVariables, file: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => fillIn(entry, variables, file));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillIn(entry, variables, file)]));
  }
  if (typeof value !== "string") return value;
  const lookUp = (name: string) => {
    const found = variables[name];
    if (found === undefined) throw new Error(`${file} needs the profile variable ${name}.`);
    return found;
  };
  const alone = /^\$\{(\w+)\}$/.exec(value)?.[1];
  return alone ? lookUp(alone) : value.replace(/\$\{(\w+)\}/g, (_match, name: string) => String(lookUp(name)));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asObjects(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

function asTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function asText(value: unknown, field: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`The project's configuration has no ${field}.`);
}
