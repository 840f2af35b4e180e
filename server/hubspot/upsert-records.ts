import type { PortalId } from "@touchstone/shared/ids.ts";
import { recordBatch } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotRejected } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { toApiRequest } from "./sdk-requests.ts";

export interface UpsertOrder {
  readonly objectType: string;
  /** A property whose values are unique; every row names it among its properties too. */
  readonly idProperty: string;
  readonly rows: readonly { readonly key: string; readonly properties: Readonly<Record<string, string>> }[];
  readonly priority: Priority;
}

export interface UpsertedRecords {
  /** Our key → HubSpot's id. */
  readonly ids: ReadonlyMap<string, string>;
  readonly failed: readonly { readonly key: string; readonly message: string }[];
}

const batchSize = 100;

/**
 * Makes or changes records by a key of ours, up to 100 a request: sending a row twice makes one record. A rejected request is
 * halved until the bad row stands alone, as in `updateRecords`.
 */
export async function upsertRecords(
  gateway: Gateway,
  portalId: PortalId,
  order: UpsertOrder,
): Promise<UpsertedRecords> {
  const ids = new Map<string, string>();
  const failed: { key: string; message: string }[] = [];
  const queue = [...chunksOf(order.rows, batchSize)];
  for (let rows = queue.shift(); rows; rows = queue.shift()) {
    try {
      for (const [key, id] of await upsertBatch(gateway, portalId, order, rows)) ids.set(key, id);
    } catch (error) {
      if (!(error instanceof HubSpotRejected)) throw error;
      const middle = Math.ceil(rows.length / 2);
      if (rows.length > 1) queue.push(rows.slice(0, middle), rows.slice(middle));
      else failed.push(...rows.map(({ key }) => ({ key, message: error.message })));
    }
  }
  const silent = order.rows.filter(({ key }) => !ids.has(key) && !failed.some((row) => row.key === key));
  return {
    ids,
    failed: [...failed, ...silent.map(({ key }) => ({ key, message: "HubSpot's answer does not name this record." }))],
  };
}

async function upsertBatch(
  gateway: Gateway,
  portalId: PortalId,
  { objectType, idProperty, priority }: UpsertOrder,
  rows: UpsertOrder["rows"],
): Promise<[string, string][]> {
  const inputs = rows.map(({ key, properties }) => ({ id: key, idProperty, properties: { ...properties } }));
  const request = toApiRequest(await gateway.sdk.objectBatch.upsert(objectType, { inputs }), gateway.versions);
  const portal = { id: portalId, priority };
  const { results } = await callHubSpot(gateway, { request, answer: recordBatch, portal, overwrites: true });
  return results.flatMap(({ id, properties }): [string, string][] => {
    const key = properties[idProperty];
    return key === null || key === undefined ? [] : [[key, id]];
  });
}
