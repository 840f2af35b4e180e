import type { PortalId } from "@touchstone/shared/ids.ts";
import type { Context } from "../context.ts";
import { holdUntilGrant } from "../db/pauses.ts";
import { disconnectPortal } from "../db/portals.ts";
import type { JobName } from "../queue/jobs.ts";
import { jobHandlers } from "./job-handlers.ts";
import { consequenceOf, isExpected } from "./retry-policy.ts";
import { startSchedules } from "./schedules.ts";

/**
 * Jobs at work at the same time in one process. A change costs two answers of HubSpot, some 0.35 s of a job that mostly waits:
 * eight jobs were too few for fifty portals with a change every two seconds each, before any of them bursts.
 */
const concurrency = 20;

/** Starts the jobs and the schedules; `stop` lets jobs under way finish their turn. */
export function startWorkers(ctx: Context): { stop(): Promise<void> } {
  ctx.queue.work((name, portalId) => run(ctx, name, portalId), concurrency);
  return startSchedules(ctx);
}

/** The only place where a job's error is caught. The job is then over: what is left waits in the database. */
async function run(ctx: Context, job: JobName, portalId: PortalId): Promise<void> {
  const startedAt = performance.now();
  try {
    await jobHandlers[job](ctx, portalId);
    ctx.metrics.jobEnded(job, "done");
    ctx.log.debug({ job, portalId, ms: Math.round(performance.now() - startedAt) }, "job done");
  } catch (error) {
    ctx.metrics.jobEnded(job, "failed");
    await conclude(ctx, job, portalId, error, performance.now() - startedAt);
  }
}

async function conclude(ctx: Context, job: JobName, portalId: PortalId, error: unknown, ms: number): Promise<void> {
  const line = { job, portalId, reason: error instanceof Error ? error.message : "unknown" };
  if (isExpected(error)) ctx.log.warn(line, "job put off");
  else ctx.log.error({ ...line, stack: error instanceof Error ? error.stack : undefined }, "job failed");
  const consequence = consequenceOf(error);
  if (consequence === "disconnect")
    await disconnectPortal(ctx.db, portalId, "HubSpot no longer accepts our grant: the app was uninstalled.", ms);
  if (consequence === "pause") await holdUntilGrant(ctx.db, portalId);
}
