import type { PortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import type { Context } from "../../server/context.ts";
import { countDirty } from "../../server/db/dirty-accounts.ts";
import { findPortal } from "../../server/db/portals.ts";
import { countStale } from "../../server/db/stale-records.ts";
import { areTiersWaiting } from "../../server/db/tier-runs.ts";
import { type JobName, jobNames } from "../../server/queue/jobs.ts";
import { jobHandlers } from "../../server/workers/job-handlers.ts";
import { isExpected } from "../../server/workers/retry-policy.ts";
import { schedules } from "../../server/workers/schedules.ts";

/** Longer than HubSpot's window of ten seconds, shorter than what a lost answer is waited for. */
const restMs = 11_000;
/** A first reading takes hundreds; nothing takes this many. */
const mostRounds = 5_000;

/**
 * Does what the product's schedules find and its jobs wake, until nothing waits: one job after the other in the order of the list of
 * jobs, where the queue would take them as they come. A job that fails in a way that nobody expects ends the simulation.
 */
export async function doWork(ctx: Context, portalId: PortalId, rest: (ms: number) => Promise<void>): Promise<void> {
  const wanted = new Set<JobName>();
  const queue = { ...ctx.queue, wake: async (name: JobName) => void wanted.add(name) };
  const own = { ...ctx, queue };
  // Nobody was away, however the clock jumps: eleven jobs with their rests were longer than the silence that is noticed.
  const stayAtWork = () =>
    sql`UPDATE schedules SET next_run_at = clock_timestamp() WHERE name = 'at-work'`.execute(ctx.db);
  const pause = async () => {
    await rest(restMs);
    await stayAtWork();
  };
  await stayAtWork();
  for (let round = 0, isFirst = true; isFirst || (await isWaiting(ctx, portalId)); isFirst = false) {
    for (const schedule of schedules) await schedule.run(own);
    for (let job = next(wanted); job !== undefined; job = next(wanted)) {
      if (++round > mostRounds) throw new Error(`the work of an hour does not end; ${job} is wanted again and again`);
      await pause();
      await runJob(own, job, portalId);
    }
    await pause();
  }
}

function next(wanted: Set<JobName>): JobName | undefined {
  const job = jobNames.find((name) => wanted.has(name));
  if (job !== undefined) wanted.delete(job);
  return job;
}

/** Waiting for a limit is put off, as the workers do. */
async function runJob(ctx: Context, job: JobName, portalId: PortalId): Promise<void> {
  try {
    await jobHandlers[job](ctx, portalId);
  } catch (error) {
    if (!isExpected(error)) throw error;
  }
}

async function isWaiting({ db, now }: Context, portalId: PortalId): Promise<boolean> {
  if ((await findPortal(db, portalId))?.status !== "ready") return true;
  if ((await countStale(db, portalId)) + (await countDirty(db, portalId)) > 0) return true;
  if (await areTiersWaiting(db, portalId)) return true;
  const { rows } = await sql`
    SELECT FROM tasks WHERE portal_id = ${portalId} AND from_at <= ${now()} AND state IN ('wanted', 'sent')
    UNION ALL SELECT FROM account_scores WHERE portal_id = ${portalId} AND output IS DISTINCT FROM written
    UNION ALL SELECT FROM reconciles WHERE portal_id = ${portalId} AND finished_at IS NULL LIMIT 1`.execute(db);
  return rows.length > 0;
}
