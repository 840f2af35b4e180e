import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../../context.ts";
import {
  listRestingPortals,
  listWaitingReconciles,
  readReconcile,
  restartAllReconciles,
  startReconcile,
} from "../../db/reconciles.ts";
import { measureSilence } from "../../db/schedules.ts";
import { lastNightSlot } from "./night-slot.ts";
import { firstStep } from "./steps.ts";

/** So many portals are compared at once: the nights of many must not stand in the way of live work. */
const atOnce = 4;
/** Asked again so soon, the answer is that of the run before. */
const againMs = 60_000;
/** HubSpot sends again what it could not deliver, for a day. A longer silence, or an older database, is looked into at once. */
const silenceMs = 120_000;

/** An admin wants to know now. One that is under way, or has just ended, is the answer. */
export async function beginReconcile(ctx: Pick<Context, "db" | "queue" | "now">, portalId: PortalId): Promise<void> {
  const last = await readReconcile(ctx.db, portalId, "full");
  if (last?.finishedAt && ctx.now() - last.finishedAt < againMs) return;
  await startReconcile(ctx.db, portalId, { scope: "full", step: firstStep("full"), now: ctx.now() });
  await ctx.queue.wake("reconcile-portal", portalId);
}

/** Schedule: begins what is due, and gives the runs that wait to the workers. */
export async function wakeReconciles(ctx: Pick<Context, "config" | "db" | "queue" | "now">): Promise<void> {
  const now = ctx.now();
  for (const { portalId, timeZone, fullAt, pollAt } of await listRestingPortals(ctx.db)) {
    const isNight = fullAt < lastNightSlot(now, timeZone, portalId);
    const isPollDue = ctx.config.counterPollMs > 0 && pollAt + ctx.config.counterPollMs <= now;
    if (!isNight && !isPollDue) continue;
    const scope = isNight ? "full" : "poll";
    await startReconcile(ctx.db, portalId, { scope, step: firstStep(scope), now });
  }
  for (const portalId of await listWaitingReconciles(ctx.db, atOnce))
    await ctx.queue.wake("reconcile-portal", portalId);
}

/**
 * Schedule: after a silence of all processes every portal is compared. That is a long outage, or a database that was restored
 * from an older copy: what the copy does not know, HubSpot will not tell again.
 */
export async function noticeSilence(ctx: Pick<Context, "db" | "now" | "log">): Promise<void> {
  const begun = await measureSilence(ctx.db, silenceMs, (trx) =>
    restartAllReconciles(trx, firstStep("full"), ctx.now()),
  );
  if (begun !== null)
    ctx.log.warn({ portals: begun }, "nobody worked for a while: every portal is compared with HubSpot");
}
