import { afterAll, afterEach, beforeAll } from "@jest/globals";
import type { PortalId } from "@touchstone/shared/ids.ts";
import { createLogger } from "../../server/logger.ts";
import type { JobName } from "../../server/queue/jobs.ts";
import { type OpenedQueue, openQueue } from "../../server/queue/queue.ts";

/** A place where a queue can live, for this file alone. */
export interface QueuePlace {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** Forgets everything, as a Redis does that comes back empty. */
  loseEverything(): Promise<void>;
  /** The store goes away, and comes back. */
  stopStore(): Promise<void>;
  startStore(): Promise<void>;
  remove(): Promise<void>;
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const endAt = Date.now() + 20_000;
  while (!(await check())) {
    if (Date.now() > endAt) throw new Error(`not within 20 s: ${what}`);
    await sleep(10);
  }
}

/** Queues of one test file's own place, closed and emptied after each test. */
export function queuesUnderTest(makePlace: () => Promise<QueuePlace>) {
  let place: QueuePlace;
  let open: OpenedQueue[] = [];
  beforeAll(async () => {
    place = await makePlace();
  });
  afterEach(async () => {
    await Promise.all(open.map((queue) => queue.close()));
    open = [];
    await place.loseEverything();
  });
  afterAll(() => place?.remove());

  const openOne = async (leaseMs = 60_000) => {
    const queue = await openQueue({ ...place, leaseMs }, createLogger("silent"));
    open.push(queue);
    return queue;
  };
  /** Writes down every run; `during` is what a run does. */
  const startWorker = async (
    during: (name: JobName, portalId: PortalId) => Promise<void> = async () => undefined,
    concurrency = 8,
  ) => {
    const queue = await openOne();
    const runs: string[] = [];
    queue.work(async (name, portalId) => {
      runs.push(`${name} ${portalId}`);
      await during(name, portalId);
    }, concurrency);
    return { queue, runs };
  };
  return { place: () => place, openOne, startWorker };
}
export type QueuesUnderTest = ReturnType<typeof queuesUnderTest>;
