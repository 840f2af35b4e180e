import type { PortalId } from "@touchstone/shared/ids.ts";
import { outputGroup, outputProperties } from "@touchstone/shared/output-properties.ts";
import type { Context } from "../context.ts";
import { needs } from "../db/inbox.ts";
import {
  forgetWrites,
  markRefused,
  markWritten,
  type PendingOutput,
  readPendingOutputs,
} from "../db/pending-outputs.ts";
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
  for (let mayRepair = true; ; ) {
    const pending = await readPendingOutputs(ctx.db, portalId, batchSize);
    if (pending.length === 0) return "done";
    try {
      const { failed } = await writeBatch(ctx, portalId, pending, waiting);
      const lacking = failed.some(({ category }) => category === "PROPERTY_DOESNT_EXIST");
      if (lacking && mayRepair) await restoreProperties(ctx, portalId, waiting);
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

/** Somebody deleted a property of ours: it is made again, once, and all values are sent again (hubspot-api.md §8). */
async function restoreProperties(ctx: Parts, portalId: PortalId, waiting: Waiting): Promise<void> {
  const { created } = await ctx.hubspot.ensureProperties(portalId, {
    objectType: "companies",
    group: outputGroup,
    properties: outputProperties,
    priority: waiting,
  });
  await forgetWrites(ctx.db, portalId);
  ctx.log.warn({ portalId, created }, "properties of ours were missing in HubSpot and were made again");
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
