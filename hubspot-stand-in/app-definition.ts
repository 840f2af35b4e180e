import type { AppObjectType } from "./seed-data.ts";
import type { PropertyDefinition } from "./standard-properties/define-properties.ts";

/** What HubSpot would know of the uploaded project. */
export interface AppDefinition {
  readonly appId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name?: string;
  readonly redirectUrls: readonly string[];
  readonly requiredScopes: readonly string[];
  readonly optionalScopes: readonly string[];
  readonly webhooks: WebhookSettings;
  /** Prefixes that `hubspot.fetch` may call. Absent: nothing may be called. */
  readonly permittedUrls?: readonly string[];
  readonly cards?: readonly CardDefinition[];
  readonly workflowActions?: readonly WorkflowActionDefinition[];
  /** Objects whose names HubSpot has granted; the switch says whether it has. */
  readonly appObjects?: readonly AppObjectDefinition[];
}

export interface AppObjectDefinition {
  readonly name: AppObjectType;
  readonly properties: readonly PropertyDefinition[];
}

/** An action that workflows or agents may run; hubspot-project.md §1.4. */
export interface WorkflowActionDefinition {
  readonly uid: string;
  readonly actionUrl: string;
  readonly objectTypes: readonly string[];
  readonly requiredFields: readonly string[];
}

export interface WebhookSettings {
  readonly targetUrl: string;
  readonly maxConcurrentRequests: number;
  readonly subscriptions: readonly Subscription[];
}

/** Classic (`company.propertyChange`) or generic (`object.propertyChange` with an object type); hubspot-api.md §3.1. */
export interface Subscription {
  readonly subscriptionType: string;
  readonly objectType?: string;
  readonly propertyName?: string;
}

export interface CardDefinition {
  readonly uid: string;
  readonly name: string;
  readonly location: string;
  readonly objectTypes: readonly string[];
  /** Source file, relative to the project's source folder, as HubSpot's configuration names it. */
  readonly entrypoint: string;
}
