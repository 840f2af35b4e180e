import type { PortalId } from "@touchstone/shared/ids.ts";
import { outputGroup, outputPropertiesFor } from "@touchstone/shared/output-properties.ts";
import { personProperties } from "@touchstone/shared/person-properties.ts";
import { describeDefinitions, type PropertyDefinition } from "@touchstone/shared/property-definition.ts";
import type { Context } from "../context.ts";
import { priorities } from "../db/dirty-accounts.ts";
import { needs } from "../db/inbox.ts";
import { readMadeProperties, saveMadeProperties } from "../db/made-properties.ts";
import type { OutputType } from "../db/output-tables.ts";
import { forgetWrites, markRefused, type PendingOutput, readPendingOutputs } from "../db/pending-outputs.ts";
import { readActiveBands } from "../db/portal-models.ts";
import { takeRestore } from "../db/property-restores.ts";
import { markStale } from "../db/stale-records.ts";
import { readTierNames } from "../db/tier-programmes.ts";
import { isPassing } from "../db/write-failures.ts";
import { AppError } from "../errors.ts";
import { HubSpotRateLimited } from "../hubspot/hubspot-errors.ts";
import { batchesAtOnce, batchSize, type Waiting, type Writing, writeBatches } from "./write-batches.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log" | "metrics">;

/** Our values fit our properties: whoever says otherwise has changed the property. */
const notAsMade = ["PROPERTY_DOESNT_EXIST", "INVALID_OPTION", "INVALID_NUMBER", "INVALID_DATE"];
/** HubSpot does not answer, or holds a record: the sweeper's pace. */
const retryMs = 2_000;

export interface WriteOrder {
  readonly type: OutputType;
  /** Accounts that changed live, with the moment (by `performance.now`) when they did: written first; they leave when written. */
  readonly urgent: Map<string, number>;
  /** Who waits for all others. */
  readonly rest: Waiting;
  /** No new request after this moment (by `performance.now`), but at least one. */
  readonly endAt: number;
  /** Leaves less than a full request for later, because more results are on their way. */
  readonly wholeOnly?: boolean;
}

/** "more": the turn is over. `laterMs`: HubSpot wants us to wait. What is not written stays pending in the database. */
export type Written = "done" | "more" | { readonly laterMs: number };

/**
 * Writes results that HubSpot does not hold yet, 100 records a request, and only the properties that changed. What HubSpot
 * refuses is kept with its reason and not sent again until it changes or a while has passed; the rows beside it are written.
 */
export async function writeBack(ctx: Parts, portalId: PortalId, order: WriteOrder): Promise<Written> {
  const { type, urgent, rest, endAt, wholeOnly = false } = order;
  for (let mayRepair = true, isFirst = true; ; isFirst = false) {
    const all = await readPendingOutputs(ctx.db, portalId, type, batchSize * batchesAtOnce, [...urgent.keys()]);
    const live = all.filter(({ id }) => urgent.has(id)).length;
    const pending = all.slice(0, sizeOf(all.length, live, wholeOnly));
    if (pending.length === 0) return "done";
    const waiting = live > 0 ? "webhook" : rest;
    try {
      if (isFirst) await makeMissingProperties(ctx, portalId, type, waiting);
      const { failed, fault } = await writeBatches(ctx, portalId, pending, { type, waiting, urgent });
      const lacking = failed.some(({ category }) => notAsMade.includes(category));
      if (lacking && mayRepair && (await takeRestore(ctx.db, portalId)))
        await restoreProperties(ctx, portalId, { type, waiting }, failed);
      else if (failed.length > 0) await layAside(ctx, portalId, type, pending, failed);
      if (fault) throw fault.reason;
      if (lacking) mayRepair = false;
      else if (performance.now() > endAt) return "more";
    } catch (error) {
      if (!(error instanceof AppError) || error.retry !== "later") throw error;
      // A limit is said once, where it is met.
      const level = error instanceof HubSpotRateLimited ? "debug" : "warn";
      ctx.log[level](
        { portalId, type, records: pending.length, reason: error.message },
        "results could not be written yet",
      );
      return { laterMs: error instanceof HubSpotRateLimited ? error.waitMs : retryMs };
    }
  }
}

/** How many of the results go now: requests for live changes are filled up and no more are sent beside them. */
function sizeOf(pending: number, live: number, wholeOnly: boolean): number {
  if (live > 0) return Math.ceil(live / batchSize) * batchSize;
  return wholeOnly ? Math.floor(pending / batchSize) * batchSize : pending;
}

/** One read of the database, unless the models or we ourselves need properties or options that HubSpot was not given yet. */
async function makeMissingProperties(
  ctx: Parts,
  portalId: PortalId,
  type: OutputType,
  waiting: Waiting,
): Promise<void> {
  const definitions = await neededProperties(ctx, portalId, type);
  if ((await readMadeProperties(ctx.db, portalId, type)) === describeDefinitions(definitions)) return;
  await makeProperties(ctx, portalId, { type, waiting }, definitions);
}

async function neededProperties(
  { db }: Pick<Parts, "db">,
  portalId: PortalId,
  type: OutputType,
): Promise<readonly PropertyDefinition[]> {
  if (type === "contacts") return personProperties;
  return outputPropertiesFor(await readActiveBands(db, portalId), await readTierNames(db, portalId));
}

async function makeProperties(
  ctx: Parts,
  portalId: PortalId,
  { type, waiting }: Pick<Writing, "type" | "waiting">,
  properties: readonly PropertyDefinition[],
): Promise<void> {
  const order = { objectType: type, group: outputGroup, properties, priority: waiting };
  const { created, newOptions, failed } = await ctx.hubspot.ensureProperties(portalId, order);
  await saveMadeProperties(ctx.db, portalId, type, properties, failed);
  ctx.log.info({ portalId, created, newOptions, failed }, "properties of ours were brought up to date");
}

/** Somebody deleted a property or an option of ours: it is made again, once. A property comes back empty (hubspot-api.md §8). */
async function restoreProperties(
  ctx: Parts,
  portalId: PortalId,
  { type, waiting }: Pick<Writing, "type" | "waiting">,
  failed: readonly { category: string }[],
): Promise<void> {
  await makeProperties(ctx, portalId, { type, waiting }, await neededProperties(ctx, portalId, type));
  if (failed.some(({ category }) => category === "PROPERTY_DOESNT_EXIST")) await forgetWrites(ctx.db, portalId, type);
  ctx.log.warn({ portalId, type }, "properties of ours were missing in HubSpot and were made again");
}

/** Keeps what HubSpot refused, with its reason, away from the rows that it takes. */
async function layAside(
  ctx: Parts,
  portalId: PortalId,
  type: OutputType,
  pending: readonly PendingOutput[],
  failed: readonly { id: string; category: string; message: string }[],
): Promise<void> {
  const byId = new Map(pending.map((output) => [output.id, output]));
  await markRefused(
    ctx.db,
    portalId,
    type,
    failed.flatMap(({ id, category, message }) => {
      const output = byId.get(id);
      return output ? [{ ...output, category, message }] : [];
    }),
  );
  ctx.metrics.writeRefused(failed.length);
  ctx.log.warn({ portalId, type, records: failed.length }, "HubSpot refused results");
  const unfound = failed.filter(({ category }) => isPassing(category));
  await lookAgain(
    ctx,
    portalId,
    type,
    unfound.map(({ id }) => id),
  );
}

/** A record that HubSpot did not find may be gone or merged: reading it again tells. Nobody waits for that. */
async function lookAgain(ctx: Parts, portalId: PortalId, type: OutputType, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const records = ids.map((objectId) => ({ objectType: type, objectId, needs: needs.properties | needs.mergeTrace }));
  await markStale(ctx.db, portalId, records, priorities.due);
  await ctx.queue.wake("refresh-records", portalId);
}
