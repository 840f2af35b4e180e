import { describe, expect, it } from "@jest/globals";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import type { JobName } from "../../server/queue/jobs.ts";
import { testQueueFaults } from "./queue-faults.ts";
import { type QueuePlace, type QueuesUnderTest, queuesUnderTest, sleep, until } from "./queue-place.ts";

const [one, two] = [asPortalId(1), asPortalId(2)];

/** What every queue must do, whatever it is built on. */
function testQueue({ openOne, startWorker }: QueuesUnderTest): void {
  it("runs the job that was woken, with its portal, once", async () => {
    const { queue, runs } = await startWorker();
    await queue.wake("refresh-records", one);
    await until("it ran", () => runs.length > 0);
    await sleep(100);
    expect(runs).toEqual(["refresh-records 1"]);
  });

  it("runs what was woken for later when its time has come, once, and not before something that was woken now", async () => {
    const { queue, runs } = await startWorker();
    await queue.wake("refresh-records", one, 200);
    await queue.wake("refresh-records", one, 300);
    await queue.wake("rescore-batch", two);
    await until("both ran", () => runs.length > 1);
    await sleep(300);
    expect(runs).toEqual(["rescore-batch 2", "refresh-records 1"]);
  });

  it("runs in one process what another one woke, also when the worker came later", async () => {
    const web = await openOne();
    await web.wake("rescore-batch", two);
    const { runs } = await startWorker();
    await until("it ran", () => runs.length > 0);
    expect(runs).toEqual(["rescore-batch 2"]);
  });

  it("makes one run of many wakes that come before it begins", async () => {
    const web = await openOne();
    for (let n = 0; n < 10; n += 1) await web.wake("refresh-records", one);
    await sleep(150);
    const { runs } = await startWorker();
    await until("it ran", () => runs.length > 0);
    await sleep(200);
    expect(runs).toHaveLength(1);
  });

  it("runs exactly once more after a run in which it was woken, however often", async () => {
    const { promise: gate, resolve: go } = Promise.withResolvers<void>();
    const { queue, runs } = await startWorker(() => gate);
    await queue.wake("refresh-records", one);
    await until("it runs", () => runs.length === 1);
    await Promise.all(Array.from({ length: 20 }, () => queue.wake("refresh-records", one)));
    go();
    await until("it ran again", () => runs.length === 2);
    await sleep(200);
    expect(runs).toHaveLength(2);
  });

  it("never runs one portal's job twice at the same time, and different ones side by side", async () => {
    const running = new Map<string, number>();
    let most = 0;
    let besides = 0;
    const during = async (name: JobName, portalId: PortalId) => {
      const key = `${name} ${portalId}`;
      running.set(key, (running.get(key) ?? 0) + 1);
      most = Math.max(most, running.get(key) ?? 0);
      besides = Math.max(besides, [...running.values()].filter((n) => n > 0).length);
      await sleep(20);
      running.set(key, (running.get(key) ?? 0) - 1);
    };
    const first = await startWorker(during);
    await startWorker(during);
    for (let round = 0; round < 15; round += 1) {
      await Promise.all([
        first.queue.wake("refresh-records", one),
        first.queue.wake("refresh-records", two),
        first.queue.wake("rescore-batch", one),
      ]);
      await sleep(15);
    }
    await until("all is quiet", () => [...running.values()].every((n) => n === 0));
    expect(most).toBe(1);
    expect(besides).toBeGreaterThanOrEqual(2);
  });

  it("loses no wake: whoever reads what is to do at the start of a run sees it all in the end", async () => {
    let written = 0;
    let read = 0;
    const { queue } = await startWorker(async () => {
      const seen = written;
      await sleep(7);
      read = Math.max(read, seen);
    });
    for (let n = 1; n <= 60; n += 1) {
      written = n;
      await queue.wake("refresh-records", one);
      await sleep(n % 10);
    }
    await until("the last one is seen", () => read === 60);
  });

  it("goes on after a job that failed: the next wake runs it again", async () => {
    const { queue, runs } = await startWorker(() => Promise.reject(new Error("a job that fails")));
    for (const n of [1, 2, 3]) {
      await queue.wake("refresh-records", one);
      await until(`run ${n}`, () => runs.length === n);
    }
    await queue.wake("rescore-batch", one);
    await until("another job", () => runs.includes("rescore-batch 1"));
  });

  it("does not run a job that failed again by itself", async () => {
    const { queue, runs } = await startWorker(() => Promise.reject(new Error("a job that fails")));
    await queue.wake("refresh-records", one);
    await sleep(1_000);
    expect(runs).toHaveLength(1);
  });

  it("keeps a wake that came during a run that failed", async () => {
    let first = true;
    const { queue, runs } = await startWorker(async () => {
      if (!first) return;
      first = false;
      await queue.wake("refresh-records", one);
      throw new Error("a job that fails");
    });
    await queue.wake("refresh-records", one);
    await until("it ran again", () => runs.length === 2);
  });

  it("waits for running jobs when it closes, and starts no more", async () => {
    let ended = 0;
    const { queue, runs } = await startWorker(async () => {
      await sleep(300);
      ended += 1;
    }, 2);
    for (const portal of [1, 2, 3, 4]) await queue.wake("refresh-records", asPortalId(portal));
    await until("two run", () => runs.length === 2);
    await queue.close();
    expect(ended).toBe(2);
    await sleep(100);
    expect(runs).toHaveLength(2);
    const other = await startWorker();
    await until("another process does the rest", () => other.runs.length === 2);
  });

  it("refuses a job without a portal", async () => {
    const { queue, runs } = await startWorker();
    await queue.wake("refresh-records", asPortalId(-1));
    await queue.wake("refresh-records", one);
    await until("the right one ran", () => runs.length > 0);
    expect(runs).toEqual(["refresh-records 1"]);
  });
}

export function describeQueue(name: string, makePlace: () => Promise<QueuePlace>): void {
  describe(name, () => {
    const queues = queuesUnderTest(makePlace);
    testQueue(queues);
    testQueueFaults(queues);
  });
}
