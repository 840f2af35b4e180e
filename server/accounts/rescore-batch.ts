import type { PortalId } from "@touchstone/shared/ids.ts";
import { contactSchemaScope } from "@touchstone/shared/person-properties.ts";
import type { Context } from "../context.ts";
import { readBudgetUse } from "../db/budgets.ts";
import { claimDirty, type DirtyAccount, priorities, requestClasses } from "../db/dirty-accounts.ts";
import { findPortal } from "../db/portals.ts";
import { freeClaims } from "./free-claims.ts";
import { loadModels, type PortalModels } from "./load-models.ts";
import { mostClaimed, scoreClaims } from "./score-claims.ts";
import { type WriteOrder, type Written, writeBack } from "./write-back.ts";
import { batchesAtOnce } from "./write-batches.ts";

type Parts = Pick<Context, "config" | "db" | "hubspot" | "queue" | "now" | "log" | "metrics">;

/** One batch write of HubSpot takes 100 records (hubspot-api.md §4.2). */
const writeSize = 100;
/** A portal's turn; what is left waits for the next one, so that no portal holds a worker for long. */
const turnMs = 5_000;

/**
 * Job: scores the accounts of a portal whose score may be old, from the mirror alone, and writes changed results back.
 * Whatever made an account dirty (a webhook, a backfill, the passing of time), this is the one way to a new score. While
 * HubSpot wants nothing from us it goes on scoring: cards read the stored score.
 */
export async function rescoreBatch(
  ctx: Parts,
  portalId: PortalId,
  /** Adds what else HubSpot should hold of accounts that were just scored. */
  beforeWriting?: (ctx: Parts, portalId: PortalId) => Promise<void>,
): Promise<void> {
  const portal = await findPortal(ctx.db, portalId);
  if (!portal || portal.status === "disconnected") return;
  const { pausedMs } = await readBudgetUse(ctx.db, portalId);
  let models: PortalModels | null = null;
  const endAt = performance.now() + turnMs;
  const urgent = new Map<string, number>();
  let writing: Written = pausedMs > 0 ? { laterMs: pausedMs } : "done";
  let unwritten = 0;
  const write = async (order: Pick<WriteOrder, "rest" | "wholeOnly">) => {
    if (pausedMs > 0) return;
    unwritten = 0;
    await beforeWriting?.(ctx, portalId);
    writing = await writeBack(ctx, portalId, { type: "companies", ...order, urgent, endAt });
  };
  let rest: WriteOrder["rest"] = "due";
  let claims = await claimDirty(ctx.db, portalId, mostClaimed, ctx.config.leaseMs);
  while (claims.length > 0) {
    try {
      // After the claim: a model that is published later marks these accounts again.
      models = await loadModels(ctx.db, portalId, models);
      await scoreClaims(ctx, portalId, models, claims);
    } catch (error) {
      await freeClaims(ctx, portalId, claims, error);
      throw error;
    }
    const live = noteUrgent(urgent, claims);
    rest = restOf(claims);
    unwritten += claims.length;
    // As many as are sent beside each other; what is less gathers, so that ten accounts cost one request. Live changes wait
    // for nobody who is less urgent.
    const isLastLive = live > 0 && live < claims.length;
    const isTime = unwritten >= writeSize * batchesAtOnce && isWritable(writing);
    if (claims.length >= writeSize && (isLastLive || urgent.size >= writeSize || isTime))
      await write({ rest, wholeOnly: !isLastLive });
    if (performance.now() > endAt) break;
    claims = await claimDirty(ctx.db, portalId, mostClaimed, ctx.config.leaseMs);
  }
  const unfinished = claims.length > 0;
  if (urgent.size > 0 || isWritable(writing)) await write({ rest, wholeOnly: unfinished && urgent.size === 0 });
  // People wait for accounts: nobody looks at theirs within seconds.
  const mayTell = portal.scopes.includes(contactSchemaScope);
  if (!unfinished && writing === "done" && pausedMs === 0 && mayTell)
    writing = await writeBack(ctx, portalId, { type: "contacts", rest, urgent: new Map(), endAt });
  await wakeAgain(ctx, portalId, unfinished, writing);
}

/** Budget that was refused a moment ago is not asked for again in this turn, unless something live waits. */
const isWritable = (writing: Written): boolean => typeof writing === "string";

async function wakeAgain(
  ctx: Pick<Parts, "queue">,
  portalId: PortalId,
  unfinished: boolean,
  writing: Written,
): Promise<void> {
  if (unfinished || writing === "more") await ctx.queue.wake("rescore-batch", portalId);
  else if (typeof writing === "object") await ctx.queue.wake("rescore-batch", portalId, writing.laterMs);
}

/** Remembers which accounts changed live, and since when; returns how many. */
function noteUrgent(urgent: Map<string, number>, claims: readonly DirtyAccount[]): number {
  const live = claims.filter((claim) => claim.priority === priorities.live);
  const now = performance.now();
  for (const { accountId, waitedMs } of live) if (!urgent.has(accountId)) urgent.set(accountId, now - waitedMs);
  return live.length;
}

/** The least urgent tells who waits for what is not live. */
function restOf(claims: readonly DirtyAccount[]): WriteOrder["rest"] {
  const [least = priorities.live] = claims.map(({ priority }) => priority).sort((a, b) => b - a);
  return requestClasses[least === priorities.live ? priorities.due : least];
}
