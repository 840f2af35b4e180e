import { rescoreDue } from "../accounts/rescore-due.ts";
import type { Context } from "../context.ts";
import { forgetStrayBudgets } from "../db/budgets.ts";
import { listRolePortals } from "../db/buying-role-writes.ts";
import { listPlayPortals } from "../db/enrolments.ts";
import { forgetOld } from "../db/forget-old.ts";
import { listHotPortals } from "../db/hot-alerts.ts";
import { forgetUsedStates } from "../db/install-states.ts";
import { markOvertaken } from "../db/mark-overtaken.ts";
import { writeRolesSetting } from "../db/portal-settings.ts";
import { findWaitingPortals, listPortalIds, listPortalsToRemove } from "../db/portals.ts";
import { findPortalsToTell } from "../db/programme-due.ts";
import { type Turn, takeTurns } from "../db/schedules.ts";
import { listTaskPortals } from "../db/tasks.ts";
import { findPortalsToAssign } from "../db/tier-runs.ts";
import { retryRefused } from "../db/write-failures.ts";
import { resealTokens } from "../install/reseal-tokens.ts";
import { noticeSilence, wakeReconciles } from "../intake/reconcile/begin-reconcile.ts";
import { judgeEveryMs } from "../programme/plays/tend-plays.ts";

interface Schedule extends Turn {
  run(ctx: Context): Promise<unknown>;
}

/** What is done again and again, by one process at a time on the database's clock. */
export const schedules: readonly Schedule[] = [
  { name: "wake-waiting", everyMs: 2_000, run: wakeWaiting },
  { name: "wake-installs", everyMs: 10_000, run: wakeInstalls },
  { name: "wake-hot-portals", everyMs: 30_000, run: wakeHotPortals },
  { name: "wake-tasks", everyMs: 30_000, run: wakeTasks },
  { name: "wake-plays", everyMs: 60_000, run: wakePlays },
  { name: "wake-tiers", everyMs: 2_000, run: wakeTiers },
  { name: "wake-programme", everyMs: 2_000, run: wakeProgramme },
  { name: "wake-mirrors", everyMs: 30_000, run: wakeMirrors },
  { name: "wake-buying-roles", everyMs: 300_000, run: wakeBuyingRoles },
  { name: "rescore-due", everyMs: 5_000, run: rescoreDue },
  { name: "mark-overtaken", everyMs: 60_000, run: (ctx) => markOvertaken(ctx.db) },
  { name: "retry-refused", everyMs: 5_000, run: (ctx) => retryRefused(ctx.db) },
  { name: "notice-silence", everyMs: 10_000, run: noticeSilence },
  { name: "wake-reconciles", everyMs: 2_000, run: wakeReconciles },
  { name: "forget-used-states", everyMs: 3_600_000, run: (ctx) => forgetUsedStates(ctx.db) },
  { name: "reseal-tokens", everyMs: 600_000, run: resealTokens },
  { name: "forget-old", everyMs: 3_600_000, run: forgetOutlived },
  { name: "remove-portals", everyMs: 10_000, run: removePortals },
];

const tickMs = 1_000;
/** A stop waits for it. What is left then is forgotten an hour later. */
const forgetMs = 20_000;

/**
 * Each by itself: one that takes long delays no other. `stop` waits for what is under way, so that nothing asks a database that is
 * closed.
 */
export function startSchedules(ctx: Context, list = schedules): { stop(): Promise<void> } {
  const underWay = new Map<string, Promise<void>>();
  const begin = ({ name, run }: Schedule): void => {
    const ended = putOff(ctx, name, () => run(ctx)).finally(() => underWay.delete(name));
    underWay.set(name, ended);
  };
  const tick = async (): Promise<void> => {
    const free = list.filter(({ name }) => !underWay.has(name));
    const due = await takeTurns(ctx.db, free);
    for (const schedule of free) if (due.has(schedule.name)) begin(schedule);
  };
  let round: Promise<void> | null = null;
  const timer = setInterval(() => {
    round ??= putOff(ctx, "all", tick).finally(() => {
      round = null;
    });
  }, tickMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
      await Promise.all(underWay.values());
    },
  };
}

/** The database or the queue is away: the next turn tries again. */
async function putOff(ctx: Context, schedule: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    ctx.log.warn({ schedule, reason: error instanceof Error ? error.message : "unknown" }, "a schedule was put off");
  }
}

/** The sweeper: whatever waits in the database is woken, even if the queue lost everything. */
async function wakeWaiting(ctx: Context): Promise<void> {
  for (const { portalId, refresh, rescore } of await findWaitingPortals(ctx.db)) {
    if (refresh) await ctx.queue.wake("refresh-records", portalId);
    if (rescore) await ctx.queue.wake("rescore-batch", portalId);
  }
}

async function wakeInstalls(ctx: Context): Promise<void> {
  for (const portalId of await listPortalIds(ctx.db, ["preparing"])) await ctx.queue.wake("prepare-portal", portalId);
  for (const portalId of await listPortalIds(ctx.db, ["backfilling"]))
    await ctx.queue.wake("backfill-portal", portalId);
}

/** Clocks run out without an event. */
async function wakeHotPortals(ctx: Context): Promise<void> {
  for (const portalId of await listHotPortals(ctx.db)) await ctx.queue.wake("tend-hot-accounts", portalId);
}

/** Steps of plays fall due, and answers to requests are lost, without an event. */
async function wakeTasks(ctx: Context): Promise<void> {
  for (const portalId of await listTaskPortals(ctx.db, ctx.now())) await ctx.queue.wake("make-tasks", portalId);
}

/** What hands an account over, or lets it leave, may be a day that passed. */
async function wakePlays(ctx: Context): Promise<void> {
  for (const portalId of await listPlayPortals(ctx.db, ctx.now() - judgeEveryMs))
    await ctx.queue.wake("tend-plays", portalId);
}

async function forgetOutlived(ctx: Context): Promise<void> {
  const forgotten = await forgetOld(ctx.db, ctx.now(), ctx.config.lives, performance.now() + forgetMs);
  ctx.log.info(forgotten, "what has outlived its time was forgotten");
}

/** What scoring woke already, and what time alone brings: an override that ran out, a new day. */
async function wakeTiers(ctx: Context): Promise<void> {
  for (const portalId of await findPortalsToAssign(ctx.db, ctx.now())) await ctx.queue.wake("assign-tiers", portalId);
}

/** Whatever was scored again, and what time alone brings: a signal that leaves a window. */
async function wakeProgramme(ctx: Context): Promise<void> {
  for (const portalId of await findPortalsToTell(ctx.db, ctx.now())) await ctx.queue.wake("tell-programme", portalId);
}

/** Whoever gives a role wakes the job; this is for what was refused, or was lost on the way. */
async function wakeBuyingRoles(ctx: Context): Promise<void> {
  for (const portalId of await listRolePortals(ctx.db, writeRolesSetting.name))
    await ctx.queue.wake("write-buying-roles", portalId);
}

/** Nobody waits for the mirror, so nothing else wakes it. */
async function wakeMirrors(ctx: Context): Promise<void> {
  if (!ctx.config.appObjects) return;
  for (const portalId of await listPortalIds(ctx.db, ["ready"])) await ctx.queue.wake("mirror-programme", portalId);
}

async function removePortals(ctx: Context): Promise<void> {
  for (const portalId of await listPortalsToRemove(ctx.db)) await ctx.queue.wake("remove-portal", portalId);
  await forgetStrayBudgets(ctx.db);
}
