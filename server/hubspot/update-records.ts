import type { PortalId } from "@touchstone/shared/ids.ts";
import type { z } from "zod";
import { recordBatch } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotRejected } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import { namedIds } from "./row-errors.ts";
import { toApiRequest } from "./sdk-requests.ts";

export interface RecordUpdate {
  readonly id: string;
  /** An empty text clears a property. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface UpdateOrder {
  readonly objectType: string;
  readonly rows: readonly RecordUpdate[];
  readonly priority: Priority;
}

export interface FailedRow {
  readonly id: string;
  readonly category: string;
  readonly message: string;
}

export interface UpdatedRecords {
  readonly written: readonly string[];
  readonly failed: readonly FailedRow[];
}

const batchSize = 100;
/** Codes of a rejection that is about a property and not about a row: it meets every row that has the property. */
const aboutProperty = ["PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE", "INVALID_NUMBER", "INVALID_DATE"];

/**
 * Writes properties, up to 100 records a request. HubSpot rejects a whole request for one bad row, so a rejected one
 * is halved until the bad row stands alone: 2·log2(100) ≈ 14 requests more for one bad row, and all others are written.
 */
export async function updateRecords(gateway: Gateway, portalId: PortalId, order: UpdateOrder): Promise<UpdatedRecords> {
  const written: string[] = [];
  const failed: FailedRow[] = [];
  for (const chunk of chunksOf(mergeSameIds(order.rows), batchSize)) {
    for (const queue = [chunk]; queue.length > 0; ) {
      const rows = queue.shift() ?? [];
      const result = await updateBatch(gateway, portalId, order, rows);
      if (result !== "halve") {
        written.push(...result.written);
        failed.push(...result.failed);
        continue;
      }
      const middle = Math.ceil(rows.length / 2);
      queue.push(rows.slice(0, middle), rows.slice(middle));
    }
  }
  return { written, failed };
}

/** HubSpot refuses a request that names a record twice (§6.7); the later values win. */
function mergeSameIds(rows: readonly RecordUpdate[]): readonly RecordUpdate[] {
  const byId = new Map<string, RecordUpdate>();
  for (const { id, properties } of rows)
    byId.set(id, { id, properties: { ...byId.get(id)?.properties, ...properties } });
  return [...byId.values()];
}

async function updateBatch(
  gateway: Gateway,
  portalId: PortalId,
  order: UpdateOrder,
  rows: readonly RecordUpdate[],
): Promise<UpdatedRecords | "halve"> {
  const inputs = rows.map(({ id, properties }) => ({ id, properties: { ...properties }, objectWriteTraceId: id }));
  const request = toApiRequest(await gateway.sdk.objectBatch.update(order.objectType, { inputs }), gateway.versions);
  try {
    const portal = { id: portalId, priority: order.priority };
    return judgeRows(rows, await callHubSpot(gateway, { request, answer: recordBatch, portal, overwrites: true }));
  } catch (error) {
    if (!(error instanceof HubSpotRejected)) throw error;
    if (rows.length > 1 && !meetsEveryRow(error, rows)) return "halve";
    return { written: [], failed: rows.map(({ id }) => ({ id, ...reasonOf(error) })) };
  }
}

/** Halving cannot help when the property itself is at fault and all rows have the same ones. */
function meetsEveryRow(error: HubSpotRejected, rows: readonly RecordUpdate[]): boolean {
  if (!aboutProperty.some((code) => error.refusal.codes.includes(code))) return false;
  return new Set(rows.map(({ properties }) => Object.keys(properties).sort().join())).size === 1;
}

function reasonOf(error: HubSpotRejected): Omit<FailedRow, "id"> {
  const code = error.refusal.codes.find((word) => word !== error.refusal.category);
  return { category: code ?? error.refusal.category ?? "REJECTED", message: error.message };
}

/** Any 2xx is judged by its body: a row is written when its id came back and no error names it (§0 fact 3). */
function judgeRows(rows: readonly RecordUpdate[], answer: z.infer<typeof recordBatch>): UpdatedRecords {
  const returned = new Set(answer.results.map(({ id }) => id));
  const errors = new Map(answer.errors.flatMap((error) => namedIds(error).map((id) => [id, error] as const)));
  const failed = rows.flatMap(({ id }): FailedRow[] => {
    const error = errors.get(id);
    if (error) return [{ id, category: error.category ?? "UNKNOWN", message: (error.message ?? "").slice(0, 300) }];
    return returned.has(id)
      ? []
      : [{ id, category: "NOT_CONFIRMED", message: "HubSpot's answer does not name this record." }];
  });
  const bad = new Set(failed.map(({ id }) => id));
  return { written: rows.flatMap(({ id }) => (bad.has(id) ? [] : [id])), failed };
}
