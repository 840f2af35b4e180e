import type { PortalId } from "@touchstone/shared/ids.ts";
import { type PropertyAnswer, propertyList } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import type { PropertiesOrder } from "./property-definition.ts";
import { toApiRequest } from "./sdk-requests.ts";

/** The properties of an object type that are in use, by name, in one request. */
export async function listProperties(
  gateway: Gateway,
  portalId: PortalId,
  { objectType, priority }: Pick<PropertiesOrder, "objectType" | "priority">,
): Promise<ReadonlyMap<string, PropertyAnswer>> {
  const request = toApiRequest(await gateway.sdk.properties.getAll(objectType, false), gateway.versions);
  const answer = await callHubSpot(gateway, { request, answer: propertyList, portal: { id: portalId, priority } });
  return new Map(answer.results.map((present) => [present.name, present]));
}
