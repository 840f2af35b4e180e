import { createPostgresBackend, Queue, Worker } from "bullmq";

export interface Store {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
}

const name = "per-account";
const batch = 100;
const addsAtOnce = 4;
const concurrency = 20;
const options = { defaultJobOptions: { removeOnComplete: true, attempts: 1 } } as const;

/** Seconds until every account had a job of its own, added by hundreds with deduplication, that did nothing. */
export async function runPerAccount(store: Store, accounts: number): Promise<number> {
  const done = Promise.withResolvers<void>();
  let ran = 0;
  const run = async () => {
    ran += 1;
    if (ran === accounts) done.resolve();
  };
  const { queue, worker } = open(store, run);
  await worker.waitUntilReady();
  const startedAt = performance.now();
  let next = 0;
  const add = async () => {
    for (let from = next; from < accounts; from = next) {
      next += batch;
      const jobs = Array.from({ length: batch }, (_, n) => ({
        name,
        data: { accountId: String(from + n) },
        opts: { deduplication: { id: `account-${from + n}` } },
      }));
      await queue.addBulk(jobs);
    }
  };
  await Promise.all(Array.from({ length: addsAtOnce }, add));
  await done.promise;
  const seconds = (performance.now() - startedAt) / 1000;
  await worker.close();
  await queue.close();
  return seconds;
}

function open({ databaseUrl, redisUrl }: Store, run: () => Promise<void>) {
  if (redisUrl) {
    const { hostname, port } = new URL(redisUrl);
    const connection = { host: hostname, port: Number(port), maxRetriesPerRequest: null };
    return {
      queue: new Queue(name, { connection, ...options }),
      worker: new Worker(name, run, { connection, concurrency }),
    };
  }
  const connection = { connectionString: databaseUrl, max: 10 };
  return {
    queue: new Queue(name, { connection, ...options }, createPostgresBackend),
    worker: new Worker(name, run, { connection, concurrency }, createPostgresBackend),
  };
}
