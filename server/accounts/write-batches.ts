import type { PortalId } from "@touchstone/shared/ids.ts";
import { refusalCategories } from "@touchstone/shared/refusal-categories.ts";
import type { Context } from "../context.ts";
import type { RequestClass } from "../db/budgets.ts";
import { readBarredOutputs } from "../db/definition-faults.ts";
import type { OutputType } from "../db/output-tables.ts";
import { markSending, markWritten, type PendingOutput } from "../db/pending-outputs.ts";
import { countRefusalsLeft, noteRefusals } from "../db/refused-requests.ts";
import { saveWriteDelays } from "../db/write-delays.ts";
import { isPassing } from "../db/write-failures.ts";
import { readWriteRules, type StoredRule, saveWriteRules } from "../db/write-rules.ts";
import { mostRefused } from "../hubspot/update-records.ts";
import { changedValues } from "./changed-values.ts";

type Parts = Pick<Context, "db" | "hubspot" | "metrics">;

export const batchSize = 100;
/** Requests that run beside each other: HubSpot answers slower than it allows requests. */
export const batchesAtOnce = 5;

/** Who waits for a request: decides which part of the budget it may use. */
export type Waiting = Exclude<RequestClass, "card">;

export interface Writing {
  readonly type: OutputType;
  readonly waiting: Waiting;
  readonly urgent: Map<string, number>;
}

/** Each request by itself: what one of them was refused, the others have written. */
export async function writeBatches(
  ctx: Parts,
  portalId: PortalId,
  pending: readonly PendingOutput[],
  writing: Writing,
) {
  const batches = toBatches(pending);
  const known: Known = {
    barred: await readBarredOutputs(ctx.db, portalId),
    rules: await readWriteRules(ctx.db, portalId, writing.type),
    mayRefuse: Math.floor((await countRefusalsLeft(ctx.db, portalId)) / batches.length),
  };
  const ends = await Promise.allSettled(batches.map((batch) => writeBatch(ctx, portalId, batch, writing, known)));
  const done = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  const broken = ends.find((end) => end.status === "rejected");
  const cutShort = done.find((one) => one.cutShort !== null)?.cutShort;
  return {
    failed: done.flatMap(({ failed }) => failed),
    fault: broken ?? (cutShort ? { reason: cutShort } : undefined),
  };
}

interface Known {
  readonly barred: ReadonlySet<string>;
  readonly rules: readonly StoredRule[];
  /** Requests of each batch that HubSpot may refuse before the rest of it is left for later. */
  readonly mayRefuse: number;
}

interface Batch {
  readonly pending: readonly PendingOutput[];
  /** Each of them may have been refused for what it is: none goes beside one that HubSpot took. */
  readonly isSuspect: boolean;
}

function toBatches(pending: readonly PendingOutput[]): Batch[] {
  const isSuspect = ({ refusedAs }: PendingOutput) =>
    refusedAs !== null && refusedAs !== refusalCategories.rule && !isPassing(refusedAs);
  return [false, true].flatMap((suspects) => {
    const rows = pending.filter((one) => isSuspect(one) === suspects);
    return Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, n) => {
      return { pending: rows.slice(n * batchSize, (n + 1) * batchSize), isSuspect: suspects };
    });
  });
}

async function writeBatch(
  ctx: Parts,
  portalId: PortalId,
  { pending, isSuspect }: Batch,
  { type, waiting, urgent }: Writing,
  { barred, rules, mayRefuse }: Known,
) {
  const changes = pending.map((output) => {
    const properties = changedValues(type, output, barred);
    return { ...output, properties, names: Object.keys(properties) };
  });
  const sendings = await markSending(ctx.db, portalId, type, changes);
  const rows = changes.filter(({ names }) => names.length > 0).map(({ id, properties }) => ({ id, properties }));
  // Whoever was never refused is sent once at least: that one refusal stands for a hundred records. Of suspects most are at fault.
  const risk = isSuspect
    ? { mostRefused: Math.min(mayRefuse, mostRefused), mostHalved: 1 }
    : { mostRefused: Math.max(1, Math.min(mayRefuse, mostRefused)) };
  const result = await ctx.hubspot.updateRecords(portalId, {
    objectType: type,
    rows,
    priority: waiting,
    rules,
    ...risk,
  });
  await noteRefusals(ctx.db, portalId, result.refused);
  await saveWriteRules(ctx.db, portalId, type, result.rules);
  const unsent = changes.filter(({ names }) => names.length === 0).map(({ id }) => id);
  const written = new Set<string>([...result.written, ...unsent]);
  const sent = changes.filter(({ id }) => written.has(id));
  await markWritten(
    ctx.db,
    portalId,
    type,
    sent.map((change) => ({ ...change, sending: sendings.get(change.id) })),
  );
  ctx.metrics.written(result.written.length);
  await noteDelays(ctx, portalId, urgent, written);
  return result;
}

async function noteDelays(
  ctx: Pick<Parts, "db" | "metrics">,
  portalId: PortalId,
  urgent: Writing["urgent"],
  written: ReadonlySet<string>,
): Promise<void> {
  const delays = [...written].flatMap((id) => {
    const since = urgent.get(id);
    urgent.delete(id);
    return since === undefined ? [] : [performance.now() - since];
  });
  for (const ms of delays) ctx.metrics.visibleAfter(ms);
  await saveWriteDelays(ctx.db, portalId, delays);
}
