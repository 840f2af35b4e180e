import { expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { JobName } from "../../server/queue/jobs.ts";
import { type QueuesUnderTest, sleep, until } from "./queue-place.ts";

const one = asPortalId(1);

/**
 * A store that is away or forgets, and the faults of BullMQ's PostgreSQL backend by their numbers in performance.md §1.5. What is
 * not named here is not used at all (bullmq-fence.test.ts); P6 is tested on PostgreSQL alone.
 */
export function testQueueFaults({ place, openOne, startWorker }: QueuesUnderTest): void {
  it("works on after it lost everything, because whoever wakes wakes again", async () => {
    const { queue, runs } = await startWorker();
    await queue.wake("refresh-records", one);
    await until("it ran", () => runs.length === 1);
    await place().loseEverything();
    await until("it runs again", async () => {
      await queue.wake("refresh-records", one);
      await sleep(100);
      return runs.length >= 2;
    });
  });

  it("can be woken again when it lost everything in the middle of a run", async () => {
    const { queue, runs } = await startWorker(() => sleep(150));
    await queue.wake("refresh-records", one);
    await until("it runs", () => runs.length === 1);
    await place().loseEverything();
    await until("it runs again", async () => {
      await queue.wake("refresh-records", one);
      await sleep(100);
      return runs.length >= 2;
    });
  });

  it("fails no job that succeeded, although a hundred end beside each other (P1), and keeps none of them", async () => {
    const { queue, runs } = await startWorker(undefined, 20);
    const portals = Array.from({ length: 100 }, (_, n) => asPortalId(n + 1));
    for (let round = 1; round <= 3; round += 1) {
      await Promise.all(portals.map((portal) => queue.wake("refresh-records", portal)));
      await until("all have run", () => runs.length >= round * portals.length);
    }
    const board = await queue.board();
    await until("none is left", async () => {
      const counts = await board.getJobCounts();
      return Object.values(counts).every((count) => count === 0);
    });
    expect(runs).toHaveLength(3 * portals.length);
  });

  it("leaves no delayed job in the store when it is to wake later (P2), and wakes then", async () => {
    const { queue, runs } = await startWorker();
    await queue.wake("refresh-records", one, 300);
    const counts = await (await queue.board()).getJobCounts();
    expect(counts).toMatchObject({ delayed: 0, waiting: 0 });
    expect(runs).toEqual([]);
    await until("it ran", () => runs.length === 1);
  });

  it("runs a job that takes longer than its lock once (P5): whoever lives keeps it", async () => {
    const runs: string[] = [];
    const work = async (name: JobName) => {
      runs.push(name);
      await sleep(2_500);
    };
    const queue = await openOne(1_000);
    queue.work(work, 1);
    (await openOne(1_000)).work(work, 1);
    await queue.wake("refresh-records", one);
    await until("it runs", () => runs.length === 1);
    await sleep(3_000);
    expect(runs).toHaveLength(1);
  });

  it("shares one wake among those that follow each other closely, and loses none", async () => {
    const { queue, runs } = await startWorker(() => sleep(20));
    for (let n = 0; n < 200; n += 1) await queue.wake("refresh-records", one);
    const before = runs.length;
    await until("one came after the last", () => runs.length > before || runs.length >= 2);
    await sleep(200);
    expect(runs.length).toBeLessThan(20);
  });

  it("says whether its store can be reached, does not keep a caller waiting, and goes on soon when it is back (P9)", async () => {
    const { queue, runs } = await startWorker();
    expect(await queue.isReachable()).toBe(true);
    await place().stopStore();
    try {
      expect(await queue.isReachable()).toBe(false);
      await queue.wake("refresh-records", one);
    } finally {
      await place().startStore();
    }
    await until("it can be reached", () => queue.isReachable());
    await until("it runs", async () => {
      await queue.wake("refresh-records", one);
      await sleep(100);
      return runs.length > 0;
    });
  });
}
