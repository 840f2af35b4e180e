import type { Subscription } from "../app-definition.ts";
import { objectScopes } from "../endpoints/object-scopes.ts";
import { findClassicType, findSubscribedType } from "../object-types.ts";

/**
 * An upload is refused with a type that webhooks do not have, or with one whose scope the app does not require. HubSpot's
 * guide to the webhooks API asks for that scope "before you can create a webhook subscription"; that an optional one is
 * enough is written nowhere.
 */
export function checkSubscription(subscription: Subscription, requiredScopes: readonly string[]): void {
  const { subscriptionType, objectType } = subscription;
  const [subject = ""] = subscriptionType.split(".");
  const name = subject === "object" ? (objectType ?? "") : subject;
  const facts = subject === "object" ? findSubscribedType(name) : findClassicType(name);
  if (!facts) throw new Error(`HubSpot has no webhooks for objects of type "${name}".`);
  const [needed = []] = objectScopes(facts, "read");
  const missing = needed.filter((scope) => !requiredScopes.includes(scope));
  if (missing.length > 0) throw new Error(`The app has to require ${missing.join(", ")} to hear of ${name}.`);
}
