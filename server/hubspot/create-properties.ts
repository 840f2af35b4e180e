import type { PortalId } from "@touchstone/shared/ids.ts";
import type { PropertyDefinition } from "@touchstone/shared/property-definition.ts";
import { anything, propertyBatch } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotConflict, HubSpotRejected } from "./hubspot-errors.ts";
import { type PropertiesOrder, toPropertyCreate } from "./property-definition.ts";
import { toApiRequest } from "./sdk-requests.ts";

interface Failure {
  readonly name: string;
  readonly reason: string;
}

/** Creates properties, all in one request when HubSpot takes them, else one by one. A name that exists is a success. */
export async function createProperties(
  gateway: Gateway,
  portalId: PortalId,
  order: PropertiesOrder,
  definitions: readonly PropertyDefinition[],
): Promise<readonly Failure[]> {
  const made = await createBatch(gateway, portalId, order, definitions);
  const failures: Failure[] = [];
  for (const definition of definitions) {
    if (made.has(definition.name)) continue;
    const failure = await createOne(gateway, portalId, order, definition);
    if (failure) failures.push(failure);
  }
  return failures;
}

async function createBatch(
  gateway: Gateway,
  portalId: PortalId,
  { objectType, group, priority }: PropertiesOrder,
  definitions: readonly PropertyDefinition[],
): Promise<ReadonlySet<string>> {
  const inputs = definitions.map((definition) => toPropertyCreate(definition, group.name));
  const request = toApiRequest(await gateway.sdk.propertyBatch.create(objectType, { inputs }), gateway.versions);
  try {
    const answer = await callHubSpot(gateway, { request, answer: propertyBatch, portal: { id: portalId, priority } });
    return new Set(answer.results.map(({ name }) => name));
  } catch (error) {
    // One name that exists, or one that is refused, fails them all: then each must stand for itself.
    if (error instanceof HubSpotConflict || error instanceof HubSpotRejected) return new Set();
    throw error;
  }
}

async function createOne(
  gateway: Gateway,
  portalId: PortalId,
  { objectType, group, priority }: PropertiesOrder,
  definition: PropertyDefinition,
): Promise<Failure | null> {
  const sdkRequest = await gateway.sdk.properties.create(objectType, toPropertyCreate(definition, group.name));
  const request = toApiRequest(sdkRequest, gateway.versions);
  try {
    await callHubSpot(gateway, { request, answer: anything, portal: { id: portalId, priority } });
    return null;
  } catch (error) {
    if (error instanceof HubSpotConflict) return null;
    if (error instanceof HubSpotRejected) return { name: definition.name, reason: error.message };
    throw error;
  }
}
