import { setTimeout as sleep } from "node:timers/promises";
import type { BaseAdapter } from "@bull-board/api/baseAdapter";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { createPostgresBackend, Queue, runMigrations, Worker } from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import type { Logger } from "../logger.ts";
import { inTime } from "./in-time.ts";
import { type JobName, jobNames, readPayload } from "./jobs.ts";
import { startMendingClocks } from "./mend-clocks.ts";
import { createWakes } from "./wakes.ts";

/**
 * BullMQ on PostgreSQL, or on Redis when there is one. Only the part of it is reachable from here that lost nothing in
 * measurements (performance.md §1.5–1.8): wake-ups with `keepLastIfActive`, removed when complete, no delays, no schedulers,
 * no queue events.
 */
export interface JobQueue {
  /**
   * Wakes a portal's job. At most one of a name runs per portal; a wake while it runs starts it once more afterwards. Never
   * fails: what there is to do stands in the database already, and when the queue is away the sweeper wakes it soon. With
   * `afterMs` the portal is woken so much later, and no job waits meanwhile.
   */
  wake(name: JobName, portalId: PortalId, afterMs?: number): Promise<void>;
  /** Starts working; when `handle` throws, the job ends and the sweeper wakes it again. */
  work(handle: (name: JobName, portalId: PortalId) => Promise<void>, concurrency: number): void;
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

export interface OpenedQueue extends JobQueue {
  /** The queue as bull-board shows it, without a way to change anything: its buttons would break the rules above. */
  board(): Promise<BaseAdapter>;
}

const queueName = "touchstone";
/** Once its jobs are done, closing waits no longer for a store that is away: what it holds of us is only wake-ups. */
const closeMs = 3_000;
/** One attempt: a job that fails is woken again by the sweeper, so that no job is ever delayed inside the queue (P2). */
const jobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;
/** P5, P9: a long lock for clocks that differ, a short pause after the store was away, no limit to recoveries. */
const workerOptions = (leaseMs: number) => ({
  lockDuration: leaseMs,
  stalledInterval: leaseMs / 4,
  maxStalledCount: 1_000,
  runRetryDelay: 500,
});

export interface QueueStore {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** After this a job of a process that died goes to another one. */
  readonly leaseMs: number;
}

export async function openQueue(store: QueueStore, log: Logger): Promise<OpenedQueue> {
  return store.redisUrl
    ? openOnRedis(store.redisUrl, store.leaseMs, log)
    : openOnPostgres(store.databaseUrl, store.leaseMs, log);
}

async function openOnRedis(url: string, leaseMs: number, log: Logger): Promise<OpenedQueue> {
  let leaving = false;
  const connect = () => {
    const redis = new Redis(url, {
      // A command waits out an outage: one that failed while BullMQ starts would leave its queue useless for good.
      maxRetriesPerRequest: null,
      // BullMQ's own connections are copies of ours: this ends them too.
      retryStrategy: (times) => (leaving ? null : Math.min(times * 50, 2_000)),
    });
    redis.on("error", (error) => log.warn({ reason: error.message }, "the queue's Redis does not answer"));
    return redis;
  };
  const asking = connect();
  const connections = [asking];
  const queue = new Queue(queueName, { connection: asking, defaultJobOptions: jobOptions });
  const opened = build(
    queue,
    log,
    (run, concurrency) => {
      const connection = connect();
      connections.push(connection);
      return new Worker(queueName, run, { connection, concurrency, ...workerOptions(leaseMs) });
    },
    async () => void (await asking.ping()),
    async () => {
      leaving = true;
      for (const connection of connections) connection.disconnect();
    },
  );
  return { ...opened, board: () => showBoard(queue) };
}

async function openOnPostgres(url: string, leaseMs: number, log: Logger): Promise<OpenedQueue> {
  await migrateQueue(url);
  const connection = { connectionString: url, max: 6, connectionTimeoutMillis: 10_000 };
  const queue = new Queue(queueName, { connection, defaultJobOptions: jobOptions }, createPostgresBackend);
  const probe = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000 });
  probe.on("error", (error) => log.warn({ reason: error.message }, "a database connection of the queue was lost"));
  let mending: ReturnType<typeof startMendingClocks> | null = null;
  const opened = build(
    queue,
    log,
    (run, concurrency) => {
      mending ??= startMendingClocks(probe, leaseMs, log);
      return new Worker(queueName, run, { connection, concurrency, ...workerOptions(leaseMs) }, createPostgresBackend);
    },
    async () => void (await probe.query("SELECT 1")),
    () => {
      mending?.stop();
      return probe.end();
    },
  );
  return { ...opened, board: () => showBoard(queue) };
}

/** bull-board is loaded for those who look only. It takes queues of both backends; its type names one. */
async function showBoard(queue: object): Promise<BaseAdapter> {
  const { BullMQAdapter } = await import("@bull-board/api/bullMQAdapter");
  return new BullMQAdapter(queue as Queue, { readOnlyMode: true, description: "Wake-ups: one of a job and portal" });
}

async function migrateQueue(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}

/** What we use of BullMQ's classes, whose types differ between the two backends. */
interface OpenQueue {
  add(name: string, data: object, options: { deduplication: { id: string; keepLastIfActive: true } }): Promise<unknown>;
  on(event: "error", listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}
interface OpenWorker {
  on(event: "error", listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}
type Run = (job: { name: string; data: unknown }) => Promise<void>;

function build(
  queue: OpenQueue,
  log: Logger,
  startWorker: (run: Run, concurrency: number) => OpenWorker,
  ping: () => Promise<void>,
  disconnect: () => Promise<void>,
): JobQueue {
  // What connections say while they are closed, or the database beneath them, is no news.
  const warn = (what: string) => (error: Error) => void (closed ?? log.warn({ reason: error.message }, what));
  queue.on("error", warn("the queue's store does not answer"));
  const workers: OpenWorker[] = [];
  const running = new Set<Promise<void>>();
  let closed: Promise<void> | null = null;
  const isReachable = () =>
    inTime(ping()).then(
      () => true,
      () => false,
    );
  const wakes = createWakes((name, portalId) => {
    const options = { deduplication: { id: `${name}-${portalId}`, keepLastIfActive: true } } as const;
    return queue.add(name, { portalId }, options);
  }, log);
  const close = async () => {
    wakes.stop();
    const closing = Promise.all(workers.map((worker) => worker.close())).then(() => queue.close());
    const tooLong = Promise.allSettled(running).then(() => sleep(closeMs, null, { ref: false }));
    await Promise.race([closing, tooLong]);
    await disconnect();
  };
  return {
    wake: wakes.wake,
    work: (handle, concurrency) => {
      const worker = startWorker(async (job) => {
        const run = handle(knownName(job.name), readPayload(job.data).portalId);
        running.add(run);
        await run.finally(() => running.delete(run));
      }, concurrency);
      worker.on("error", warn("a worker's queue connection failed"));
      workers.push(worker);
    },
    isReachable,
    close: () => (closed ??= close()),
  };
}

function knownName(name: string): JobName {
  const known = jobNames.find((candidate) => candidate === name);
  if (!known) throw new Error(`no job is called ${name}`);
  return known;
}
