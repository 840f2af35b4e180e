import type { PortalId } from "@touchstone/shared/ids.ts";
import { anything } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Gateway } from "./gateway.ts";
import type { Priority } from "./hubspot-options.ts";
import { toApiRequest } from "./sdk-requests.ts";

export interface ArchiveOrder {
  readonly objectType: string;
  readonly ids: readonly string[];
  readonly priority: Priority;
}

const batchSize = 100;

/** Puts records into the recycling bin; those that are there already, or nowhere, do no harm. */
export async function archiveRecords(gateway: Gateway, portalId: PortalId, order: ArchiveOrder): Promise<void> {
  for (const chunk of chunksOf(order.ids, batchSize)) {
    const inputs = chunk.map((id) => ({ id }));
    const request = toApiRequest(await gateway.sdk.objectBatch.archive(order.objectType, { inputs }), gateway.versions);
    const portal = { id: portalId, priority: order.priority };
    await callHubSpot(gateway, { request, answer: anything, portal, overwrites: true });
  }
}
