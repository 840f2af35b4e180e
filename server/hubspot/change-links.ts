import type { PortalId } from "@touchstone/shared/ids.ts";
import { linkChange } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Gateway } from "./gateway.ts";
import type { Priority } from "./hubspot-options.ts";
import { toApiRequest } from "./sdk-requests.ts";

export interface LinksOrder {
  readonly from: string;
  readonly to: string;
  readonly links: readonly { readonly fromId: string; readonly toId: string }[];
  /** False takes links away. */
  readonly wanted: boolean;
  readonly priority: Priority;
}

/** Half of what HubSpot takes (hubspot-api.md §4.2). */
const batchSize = 1_000;

/** Adds or removes plain links; what is so already stays so. Returns the ids that HubSpot named as not there. */
export async function changeLinks(
  gateway: Gateway,
  portalId: PortalId,
  { from, to, links, wanted, priority }: LinksOrder,
): Promise<Set<string>> {
  const missing = new Set<string>();
  for (const chunk of chunksOf(links, batchSize)) {
    const sdkRequest = wanted
      ? await gateway.sdk.associationBatch.createDefault(from, to, {
          inputs: chunk.map(({ fromId, toId }) => ({ _from: { id: fromId }, to: { id: toId } })),
        })
      : await gateway.sdk.associationBatch.archive(from, to, {
          inputs: chunk.map(({ fromId, toId }) => ({ _from: { id: fromId }, to: [{ id: toId }] })),
        });
    const request = toApiRequest(sdkRequest, gateway.versions);
    const portal = { id: portalId, priority };
    const answer = await callHubSpot(gateway, { request, answer: linkChange, portal, overwrites: true });
    for (const error of answer?.errors ?? [])
      for (const id of [error.context?.ids ?? []].flat()) missing.add(String(id));
  }
  return missing;
}
