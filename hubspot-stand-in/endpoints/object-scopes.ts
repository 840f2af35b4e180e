import { invalidRequest } from "../http/api-error.ts";
import { findObjectType, isAppObject, type ObjectTypeFacts } from "../object-types.ts";

type Params = Readonly<Record<string, string>>;

export function requireObjectType(params: Params, name = "objectType"): ObjectTypeFacts {
  const given = params[name] ?? "";
  const facts = findObjectType(given);
  if (!facts) throw invalidRequest(`Unable to infer object type from: ${given}`);
  return facts;
}

/** Scopes per operation: hubspot-api.md §2.6. Each entry is a set that is enough on its own. */
export function objectScopes(facts: ObjectTypeFacts, access: "read" | "write"): string[][] {
  if (isAppObject(facts.name)) return [[`crm.app.objects.${facts.name}.${access === "read" ? "view" : "edit"}`]];
  const own = `crm.objects.${facts.scopeGroup}.${access}`;
  return facts.name === "emails" ? [["sales-email-read", own]] : [[own]];
}

export function pairScopes(params: Params, access: "read" | "write"): string[][] {
  const [from] = objectScopes(requireObjectType(params, "from"), access);
  const [to] = objectScopes(requireObjectType(params, "to"), access);
  // Writing a link to a record needs no leave to change that record.
  return [access === "read" ? [...(from ?? []), ...(to ?? [])] : (from ?? [])];
}

export function propertyReadScopes(facts: ObjectTypeFacts): string[][] {
  return [
    ...objectScopes(facts, "read"),
    [`crm.schemas.${facts.scopeGroup}.read`],
    [`crm.schemas.${facts.scopeGroup}.write`],
  ];
}

export function propertyWriteScopes(facts: ObjectTypeFacts): string[][] {
  return [[`crm.schemas.${facts.scopeGroup}.write`]];
}
