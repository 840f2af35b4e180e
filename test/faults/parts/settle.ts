import { setTimeout as sleep } from "node:timers/promises";
import { createPostgresBackend, Queue } from "bullmq";
import { Redis } from "ioredis";
import { askDatabase } from "../../support/ask-database.ts";
import type { Stage } from "./stage.ts";

interface Waiting {
  readonly records: number;
  readonly accounts: number;
  readonly outputs: number;
  /** Stages, levels and tiers. */
  readonly programme: number;
  readonly jobs: number;
}

/** HubSpot tries again and again while a server is away, and on a busy machine everything is slow: far more than that takes. */
const deliveredMs = 600_000;

/** Waits until nothing is on its way anywhere: not to the product, not in it, not in its queue, not to HubSpot. */
export async function settle(stage: Stage, patienceMs = 120_000): Promise<void> {
  if (!(await isInTime(stage.standIn.webhooks.settled(), deliveredMs)))
    throw new Error("deliveries never came to rest");
  const endAt = Date.now() + patienceMs;
  for (;;) {
    const waiting = await countWaiting(stage);
    if (Object.values(waiting).every((n) => n === 0)) return;
    if (Date.now() > endAt) throw new Error(`never came to rest: ${JSON.stringify(waiting)}`);
    await sleep(100);
  }
}

async function isInTime(done: Promise<void>, patienceMs: number): Promise<boolean> {
  const tooLong = new AbortController();
  const timeout = sleep(patienceMs, false, { signal: tooLong.signal }).catch(() => false);
  return Promise.race([done.then(() => true), timeout]).finally(() => tooLong.abort());
}

async function countWaiting(stage: Stage): Promise<Waiting> {
  const [rows] = await askDatabase<Omit<Waiting, "jobs">>(
    stage.databaseUrl,
    `SELECT (SELECT count(*)::int FROM stale_records) AS records, (SELECT count(*)::int FROM dirty_accounts) AS accounts,
       (SELECT count(*)::int FROM account_scores
        WHERE output IS DISTINCT FROM written AND output IS DISTINCT FROM refused) AS outputs,
       (SELECT count(*)::int FROM portals p WHERE p.status = 'ready' AND (
          EXISTS (SELECT FROM programme_due d WHERE d.portal_id = p.portal_id AND d.due_at <= extract(epoch FROM now()) * 1000)
          OR EXISTS (SELECT FROM tier_runs r WHERE r.portal_id = p.portal_id AND r.version > r.done_version)
          OR EXISTS (SELECT FROM tier_members m WHERE m.portal_id = p.portal_id AND NOT m.told))) AS programme`,
  );
  if (!rows) throw new Error("the database gave no counts");
  return { ...rows, jobs: Object.values(rows).some((n) => n > 0) ? 0 : await countJobs(stage) };
}

/** Jobs in the queue, whatever becomes of them. */
export async function countJobs(stage: Stage): Promise<number> {
  if (!stage.redisUrl) {
    const connection = { connectionString: stage.databaseUrl, max: 1 };
    return sumUp(new Queue("touchstone", { connection }, createPostgresBackend));
  }
  const redis = new Redis(stage.redisUrl, { maxRetriesPerRequest: null });
  try {
    return await sumUp(new Queue("touchstone", { connection: redis }));
  } finally {
    redis.disconnect();
  }
}

async function sumUp(queue: { getJobCounts(): Promise<Record<string, number>>; close(): Promise<void> }) {
  try {
    return Object.values(await queue.getJobCounts()).reduce((sum, n) => sum + n, 0);
  } finally {
    await queue.close();
  }
}
