import type { PortalId } from "@touchstone/shared/ids.ts";
import { linkChange } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotRejected } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { toApiRequest } from "./sdk-requests.ts";

interface Link {
  readonly fromId: string;
  readonly toId: string;
}

export interface LinksOrder {
  readonly from: string;
  readonly to: string;
  readonly links: readonly Link[];
  /** False takes links away. */
  readonly wanted: boolean;
  readonly priority: Priority;
}

/** Half of what HubSpot takes (hubspot-api.md §4.2). */
const batchSize = 1_000;
/** Five halvings, every part rejected: the fault lies with the types and not with single links. */
const mostRejected = 31;

/**
 * Adds or removes plain links; what is so already stays so. A rejected request is halved until the bad link stands alone, as in
 * `updateRecords`. Returns the links of which HubSpot does not have both ends.
 */
export async function changeLinks(gateway: Gateway, portalId: PortalId, order: LinksOrder): Promise<Set<Link>> {
  const missing = new Set<Link>();
  for (const chunk of chunksOf(order.links, batchSize))
    for (const link of await changeChunk(gateway, portalId, order, chunk)) missing.add(link);
  return missing;
}

async function changeChunk(
  gateway: Gateway,
  portalId: PortalId,
  order: LinksOrder,
  chunk: readonly Link[],
): Promise<Link[]> {
  const missing: Link[] = [];
  let [rejected, accepted] = [0, 0];
  const queue = [chunk];
  for (let links = queue.shift(); links; links = queue.shift()) {
    try {
      missing.push(...(await changeBatch(gateway, portalId, order, links)));
      accepted += 1;
    } catch (error) {
      if (!(error instanceof HubSpotRejected)) throw error;
      rejected += 1;
      if (accepted === 0 && rejected > mostRejected) throw error;
      const middle = Math.ceil(links.length / 2);
      if (links.length > 1) queue.push(links.slice(0, middle), links.slice(middle));
      else missing.push(...links);
    }
  }
  return missing;
}

async function changeBatch(
  gateway: Gateway,
  portalId: PortalId,
  { from, to, wanted, priority }: LinksOrder,
  links: readonly Link[],
): Promise<Link[]> {
  const sdkRequest = wanted
    ? await gateway.sdk.associationBatch.createDefault(from, to, {
        inputs: links.map(({ fromId, toId }) => ({ _from: { id: fromId }, to: { id: toId } })),
      })
    : await gateway.sdk.associationBatch.archive(from, to, {
        inputs: links.map(({ fromId, toId }) => ({ _from: { id: fromId }, to: [{ id: toId }] })),
      });
  const request = toApiRequest(sdkRequest, gateway.versions);
  const portal = { id: portalId, priority };
  const answer = await callHubSpot(gateway, { request, answer: linkChange, portal, overwrites: true });
  const named = new Set((answer?.errors ?? []).flatMap(({ context }) => [context?.ids ?? []].flat()).map(String));
  return links.filter(({ fromId, toId }) => named.has(fromId) || named.has(toId));
}
