import type { PortalId } from "@touchstone/shared/ids.ts";
import { outputGroup, outputPropertiesFor } from "@touchstone/shared/output-properties.ts";
import { describeDefinitions } from "@touchstone/shared/property-definition.ts";
import type { Context } from "../context.ts";
import { needs } from "../db/inbox.ts";
import { readMadeProperties, saveMadeProperties } from "../db/made-properties.ts";
import {
  forgetWrites,
  markRefused,
  markWritten,
  type PendingOutput,
  readPendingOutputs,
} from "../db/pending-outputs.ts";
import { readActiveBands } from "../db/portal-models.ts";
import { markStale } from "../db/stale-records.ts";
import { AppError } from "../errors.ts";

type Parts = Pick<Context, "db" | "hubspot" | "queue" | "log" | "metrics">;

const batchSize = 100;

/** Who waits for the results: decides whether they may use the part of the budget that is kept for live work. */
export type Waiting = "webhook" | "due" | "backfill";

/**
 * Writes results that HubSpot does not hold yet, 100 accounts a request, and only the properties that changed. What HubSpot
 * refuses is kept with its reason and not sent again until it changes or a while has passed; the rows beside it are written.
 * "more": the turn is over at `endAt`. "later": HubSpot wants us to wait. The rest stays pending in the database.
 */
export async function writeBack(
  ctx: Parts,
  portalId: PortalId,
  waiting: Waiting,
  endAt: number,
): Promise<"done" | "more" | "later"> {
  for (let mayRepair = true, isFirst = true; ; isFirst = false) {
    const pending = await readPendingOutputs(ctx.db, portalId, batchSize);
    if (pending.length === 0) return "done";
    try {
      if (isFirst) await makeMissingProperties(ctx, portalId, waiting);
      const { failed } = await writeBatch(ctx, portalId, pending, waiting);
      const lacking = failed.some(({ category }) => ["PROPERTY_DOESNT_EXIST", "INVALID_OPTION"].includes(category));
      if (lacking && mayRepair) await restoreProperties(ctx, portalId, waiting, failed);
      else if (failed.length > 0) await layAside(ctx, portalId, pending, failed);
      if (lacking) mayRepair = false;
      else if (performance.now() > endAt) return "more";
    } catch (error) {
      if (!(error instanceof AppError) || error.retry !== "later") throw error;
      ctx.log.warn({ portalId, accounts: pending.length, reason: error.message }, "results could not be written yet");
      return "later";
    }
  }
}

async function writeBatch(ctx: Parts, portalId: PortalId, pending: readonly PendingOutput[], waiting: Waiting) {
  const rows = pending.map((output) => ({ id: output.accountId, properties: changedOnly(output) }));
  const result = await ctx.hubspot.updateRecords(portalId, { objectType: "companies", rows, priority: waiting });
  const written = new Set(result.written);
  await markWritten(
    ctx.db,
    portalId,
    pending.filter(({ accountId }) => written.has(accountId)),
  );
  ctx.metrics.written(result.written.length);
  return result;
}

/** One read of the database, unless the models or we ourselves need properties or options that HubSpot was not given yet. */
async function makeMissingProperties(ctx: Parts, portalId: PortalId, waiting: Waiting): Promise<void> {
  const definitions = await neededProperties(ctx, portalId);
  if ((await readMadeProperties(ctx.db, portalId)) === describeDefinitions(definitions)) return;
  await makeProperties(ctx, portalId, waiting, definitions);
}

const neededProperties = async ({ db }: Pick<Parts, "db">, portalId: PortalId) =>
  outputPropertiesFor(await readActiveBands(db, portalId));

async function makeProperties(
  ctx: Parts,
  portalId: PortalId,
  priority: Waiting,
  properties: Awaited<ReturnType<typeof neededProperties>>,
): Promise<void> {
  const order = { objectType: "companies", group: outputGroup, properties, priority };
  const { created, newOptions, failed } = await ctx.hubspot.ensureProperties(portalId, order);
  // What HubSpot refuses is not asked for again until something else is needed: values for it are laid aside row by row.
  await saveMadeProperties(ctx.db, portalId, describeDefinitions(properties));
  ctx.log.info({ portalId, created, newOptions, failed }, "properties of ours were brought up to date");
}

/** Somebody deleted a property or an option of ours: it is made again, once. A property comes back empty (hubspot-api.md §8). */
async function restoreProperties(
  ctx: Parts,
  portalId: PortalId,
  waiting: Waiting,
  failed: readonly { category: string }[],
): Promise<void> {
  await makeProperties(ctx, portalId, waiting, await neededProperties(ctx, portalId));
  if (failed.some(({ category }) => category === "PROPERTY_DOESNT_EXIST")) await forgetWrites(ctx.db, portalId);
  ctx.log.warn({ portalId }, "properties of ours were missing in HubSpot and were made again");
}

/** Keeps what HubSpot refused, with its reason, away from the rows that it takes. */
async function layAside(
  ctx: Parts,
  portalId: PortalId,
  pending: readonly PendingOutput[],
  failed: readonly { id: string; category: string; message: string }[],
): Promise<void> {
  const byId = new Map(pending.map((output) => [output.accountId as string, output]));
  await markRefused(
    ctx.db,
    portalId,
    failed.flatMap(({ id, category, message }) => {
      const output = byId.get(id);
      return output ? [{ ...output, category, message }] : [];
    }),
  );
  ctx.metrics.writeRefused(failed.length);
  await lookAgain(
    ctx,
    portalId,
    failed.map((row) => row.id),
  );
}

/** A company that cannot be written may be gone or merged: reading it again tells. */
async function lookAgain(ctx: Parts, portalId: PortalId, ids: readonly string[]): Promise<void> {
  ctx.log.warn({ portalId, accounts: ids.length }, "HubSpot refused results");
  await markStale(
    ctx.db,
    portalId,
    ids.map((objectId) => ({ objectType: "companies", objectId, needs: needs.properties | needs.mergeTrace })),
  );
  await ctx.queue.wake("refresh-records", portalId);
}

function changedOnly({ output, written }: PendingOutput): Record<string, string> {
  return Object.fromEntries(Object.entries(output).filter(([name, value]) => written?.[name] !== value));
}
