import type { PortalId } from "@touchstone/shared/ids.ts";
import { refusalCategories } from "@touchstone/shared/refusal-categories.ts";
import type { z } from "zod";
import { AppError } from "../errors.ts";
import { recordBatch } from "./answers.ts";
import { callHubSpot } from "./call-hubspot.ts";
import { chunksOf } from "./chunks-of.ts";
import type { Gateway } from "./gateway.ts";
import { HubSpotRejected } from "./hubspot-errors.ts";
import type { Priority } from "./hubspot-options.ts";
import type { FailedRow, RecordUpdate } from "./record-update.ts";
import { namedIds } from "./row-errors.ts";
import { toApiRequest } from "./sdk-requests.ts";
import { leaveOutByRules, splitRefused, type TriedRows } from "./split-refused.ts";
import { keyOfRule, type WriteRule } from "./write-rule.ts";

export interface UpdateOrder {
  readonly objectType: string;
  readonly rows: readonly RecordUpdate[];
  readonly priority: Priority;
  /** Rules of the portal that refused others: whoever breaks one is asked for, and not sent. Default none. */
  readonly rules?: readonly WriteRule[];
  /** Refused requests after which no more are spent on looking for the rows at fault, for each 100 rows. Default `mostRefused`. */
  readonly mostRefused?: number;
  /** Refused requests after which rows are tried one by one. Default `mostHalved`. */
  readonly mostHalved?: number;
}

export interface UpdatedRecords {
  readonly written: readonly string[];
  readonly failed: readonly FailedRow[];
  /** How many requests HubSpot refused. */
  readonly refused: number;
  /** Rules that were met. */
  readonly rules: readonly WriteRule[];
  /** What ended it early, such as a limit: of the rows that are neither written nor failed nothing is known. */
  readonly cutShort: AppError | null;
}

const batchSize = 100;
/** One bad row in 100 takes 8 refused requests, three some 20. Where 30 are bad, 40 tell of 80 rows. */
export const mostRefused = 40;
/** So many refused requests find two bad rows by halving. Where there are more, few halves are good: row by row tells more for each. */
const mostHalved = 16;
const untriedMessage =
  "HubSpot refused it together with other records, of which one is at fault. It is tried apart later.";

/**
 * Writes properties, up to 100 records a request. HubSpot rejects a whole request for one bad row. Where it names what rows lack,
 * these are set apart by reading it; else the request is halved until the bad row stands alone, as far as `mostRefused` goes
 * (docs/decisions/0035). All others are written.
 */
export async function updateRecords(gateway: Gateway, portalId: PortalId, order: UpdateOrder): Promise<UpdatedRecords> {
  const effort: Effort = { written: [], failed: [], refused: 0, rules: new Map(), queue: [], refusedBefore: 0 };
  const { written, failed, rules } = effort;
  let cutShort: AppError | null = null;
  try {
    for (const chunk of chunksOf(mergeSameIds(order.rows), batchSize)) {
      const sendable = await leaveOutByRules(gateway, portalId, order, chunk);
      failed.push(...sendable.failed);
      await writeChunk(gateway, portalId, order, sendable.rows, effort);
    }
  } catch (error) {
    const isNothingDone = written.length + failed.length + effort.refused === 0;
    if (isNothingDone || !(error instanceof AppError) || error.retry !== "later") throw error;
    // What HubSpot has refused must not be asked of it in the same way again because of a limit that comes after it.
    if (effort.refused > effort.refusedBefore) leaveUntried(effort, effort.queue);
    cutShort = error;
  }
  return { written, failed, refused: effort.refused, rules: [...rules.values()], cutShort };
}

interface Effort {
  readonly written: string[];
  readonly failed: FailedRow[];
  refused: number;
  readonly rules: Map<string, WriteRule>;
  /** Of the chunk under way: what has no answer yet, and how many requests were refused before it. */
  queue: TriedRows[];
  refusedBefore: number;
}

async function writeChunk(
  gateway: Gateway,
  portalId: PortalId,
  order: UpdateOrder,
  chunk: readonly RecordUpdate[],
  effort: Effort,
): Promise<void> {
  const { mostRefused: most = mostRefused, mostHalved: halved = mostHalved } = order;
  effort.queue = chunk.length > 0 ? [{ rows: chunk, rule: null, isClear: false }] : [];
  effort.refusedBefore = effort.refused;
  for (let tried = effort.queue[0]; tried; tried = effort.queue[0]) {
    const refused = effort.refused - effort.refusedBefore;
    const isBlind = !tried.isClear && !tried.rule && tried.rows.length > 1;
    if (refused >= most && !tried.isClear) leaveUntried(effort, effort.queue.splice(0, 1));
    else if (refused >= halved && refused > 0 && isBlind)
      effort.queue.splice(0, 1, ...tried.rows.map((row) => ({ rows: [row], rule: null, isClear: false })));
    else await tryRows(gateway, portalId, order, tried, effort);
  }
}

async function tryRows(
  gateway: Gateway,
  portalId: PortalId,
  order: UpdateOrder,
  tried: TriedRows,
  effort: Effort,
): Promise<void> {
  const answer = await updateBatch(gateway, portalId, order, tried.rows);
  if (!(answer instanceof HubSpotRejected)) {
    effort.queue.shift();
    effort.written.push(...answer.written);
    effort.failed.push(...answer.failed);
    return;
  }
  effort.refused += 1;
  const split = await splitRefused(gateway, portalId, order, tried, answer);
  effort.queue.shift();
  for (const rule of split.rules) effort.rules.set(keyOfRule(rule), rule);
  effort.failed.push(...split.failed);
  effort.queue.unshift(...split.clear);
  effort.queue.push(...split.rest);
}

/** Those that have what the others lack just wait for another turn. */
function leaveUntried(effort: Effort, tried: readonly TriedRows[]): void {
  const rows = tried.filter(({ isClear }) => !isClear).flatMap((one) => one.rows);
  effort.failed.push(...rows.map(({ id }) => ({ id, category: refusalCategories.untried, message: untriedMessage })));
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
): Promise<Judged | HubSpotRejected> {
  const inputs = rows.map(({ id, properties }) => ({ id, properties: { ...properties }, objectWriteTraceId: id }));
  const request = toApiRequest(await gateway.sdk.objectBatch.update(order.objectType, { inputs }), gateway.versions);
  try {
    const portal = { id: portalId, priority: order.priority };
    return judgeRows(rows, await callHubSpot(gateway, { request, answer: recordBatch, portal, overwrites: true }));
  } catch (error) {
    if (!(error instanceof HubSpotRejected)) throw error;
    return error;
  }
}

type Judged = Pick<UpdatedRecords, "written" | "failed">;

/** Any 2xx is judged by its body: a row is written when its id came back and no error names it (§0 fact 3). */
function judgeRows(rows: readonly RecordUpdate[], answer: z.infer<typeof recordBatch>): Judged {
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
