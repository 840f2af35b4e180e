import { emailScope } from "@touchstone/shared/email-scope.ts";
import { contactSchemaScope } from "@touchstone/shared/person-properties.ts";

/**
 * What the app asks for (hubspot-api.md §2.6). The same lists stand in hubspot-project/src/app/app-hsmeta.json; a test
 * compares them.
 */
export const requiredScopes = [
  "oauth",
  "crm.objects.companies.read",
  "crm.objects.companies.write",
  "crm.objects.contacts.read",
  // Tasks come with it (hubspot-api.md §2.6).
  "crm.objects.contacts.write",
  "crm.objects.deals.read",
  "crm.schemas.companies.read",
  "crm.schemas.companies.write",
] as const;

/** A portal that lacks these still installs; its one-to-one emails are then not read, and people get no properties of ours. */
export const optionalScopes = [emailScope, contactSchemaScope] as const;
