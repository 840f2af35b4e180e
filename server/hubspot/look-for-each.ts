import type { PortalId } from "@touchstone/shared/ids.ts";
import { type RecordAnswer, record, recordBatch } from "./answers.ts";
import { batchReadRequest } from "./batch-read-request.ts";
import { callHubSpot } from "./call-hubspot.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotNotFound, HubSpotRateLimited, HubSpotUnavailable } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { toRefusal } from "./judge-answer.ts";
import { isTooLong } from "./long-urls.ts";
import { findFailedReads } from "./row-errors.ts";
import { toApiRequest } from "./sdk-requests.ts";
import type { ApiRequest } from "./send-request.ts";

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
  const whole = await singleRequest(gateway, query, id, query.properties);
  if (!isTooLong(whole)) return ask(gateway, portalId, query, whole);
  // Only a single read is known to follow merges: it tells the id, and a batch reads the rest.
  const there = await ask(gateway, portalId, query, await singleRequest(gateway, query, id, []));
  return there && readWide(gateway, portalId, query, there.id);
}

async function singleRequest(
  gateway: Gateway,
  query: LookUps,
  id: string,
  properties: readonly string[],
): Promise<ApiRequest> {
  return toApiRequest(await gateway.sdk.objects.getById(query.objectType, id, [...properties]), gateway.versions);
}

async function ask(
  gateway: Gateway,
  portalId: PortalId,
  query: LookUps,
  request: ApiRequest,
): Promise<RecordAnswer | null> {
  try {
    return await callHubSpot(gateway, { request, answer: record, portal: { id: portalId, priority: query.priority } });
  } catch (error) {
    if (error instanceof HubSpotNotFound) return null;
    throw error;
  }
}

async function readWide(
  gateway: Gateway,
  portalId: PortalId,
  { objectType, properties, priority }: LookUps,
  id: string,
): Promise<RecordAnswer | null> {
  const request = await batchReadRequest(gateway, { objectType, ids: [id], properties });
  const answer = await callHubSpot(gateway, { request, answer: recordBatch, portal: { id: portalId, priority } });
  const returned = answer.results.map((row) => row.id);
  const [failed] = findFailedReads([id], returned, answer);
  if (failed) throw new HubSpotUnavailable(`row failed: ${failed.category}`, "none", toRefusal(request, null));
  return answer.results.find((row) => row.id === id) ?? null;
}
