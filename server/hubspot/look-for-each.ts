import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RecordAnswer, record } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotNotFound, HubSpotRateLimited } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { toApiRequest } from "./sdk-requests.ts";

interface LookUps {
  readonly objectType: string;
  readonly properties: readonly string[];
  readonly priority: Priority;
  /** Asked after each of them; a caller without it wants all or none. */
  readonly isTimeUp?: () => boolean;
}

/**
 * Looks for records one after the other, at one request each; null for what is not there. Absent are those for which no time, or
 * nothing of HubSpot's limit, was left. One is always looked for, so that whoever comes again and again gets to the end.
 */
export async function lookForEach(
  gateway: Gateway,
  portalId: PortalId,
  query: LookUps,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RecordAnswer | null>> {
  const answers = new Map<string, RecordAnswer | null>();
  for (const id of ids) {
    if (answers.size > 0 && query.isTimeUp?.()) break;
    try {
      answers.set(id, await lookFor(gateway, portalId, query, id));
    } catch (error) {
      const isSpent = error instanceof HubSpotRateLimited && query.isTimeUp !== undefined;
      if (!isSpent || answers.size === 0) throw error;
      break;
    }
  }
  return answers;
}

async function lookFor(gateway: Gateway, portalId: PortalId, query: LookUps, id: string): Promise<RecordAnswer | null> {
  const sdkRequest = await gateway.sdk.objects.getById(query.objectType, id, [...query.properties]);
  const request = toApiRequest(sdkRequest, gateway.versions);
  try {
    return await callHubSpot(gateway, { request, answer: record, portal: { id: portalId, priority: query.priority } });
  } catch (error) {
    if (error instanceof HubSpotNotFound) return null;
    throw error;
  }
}
