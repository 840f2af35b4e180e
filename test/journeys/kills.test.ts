import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Redis } from "ioredis";
import type { AppProcess } from "../../hubspot-stand-in/demo/app-process.ts";
import { burstChanges } from "../support/burst.ts";
import { plainPortal } from "../support/plain-portal.ts";
import { type Results, readResults } from "../support/read-results.ts";
import { type Role, startWorld, type World, type WorldOptions } from "../support/world.ts";

const nowAt = Date.now();
const size = { companies: 100, peopleEach: 5, nowAt };
const kills = 5;
const slices = 20;
/** What a dead process had taken is taken over soon, so that the test need not wait a minute for it. */
const env = { SETTLE_MS: "50", LEASE_MS: "2000" };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const start = (options: WorldOptions) =>
  startWorld({ ...options, env, seed: plainPortal({ portalId: 4_711_300, ...size }) });

/** About 2,000 events in slices; `during` runs beside them. */
async function burst(world: World, during: () => Promise<void> = async () => undefined): Promise<Results> {
  const changes = burstChanges(world.crm, size);
  const play = async () => {
    const each = Math.ceil(changes.length / slices);
    for (let from = 0; from < changes.length; from += each) {
      for (const change of changes.slice(from, from + each)) change();
      await sleep(250);
    }
  };
  // What is read is old when it arrives, and what is written is answered late: kills fall in between.
  world.standIn.faults.add({ kind: "slow", path: "/batch/", delayMs: 150, times: 10_000 });
  await Promise.all([play(), during()]);
  world.standIn.faults.clear();
  await world.settled();
  expect(world.standIn.webhooks.lost).toBe(0);
  return readResults(world.databaseUrl, world, nowAt);
}

/** Kills a process at a random moment, starts another in its place, and so on. */
async function killAround(world: World, roles: readonly Role[], how: (one: AppProcess) => Promise<unknown>) {
  const running = roles.map((role, index) => ({ role, process: world.processes[index] }));
  for (let count = 0; count < kills; count++) {
    await sleep(100 + Math.random() * 500);
    const victim = running[Math.floor(Math.random() * running.length)];
    if (!victim?.process) throw new Error("there is no process to kill");
    await how(victim.process);
    victim.process = await world.startProcess(victim.role);
  }
}

let clean: Results;
beforeAll(async () => {
  const world = await start({});
  try {
    await world.install();
    clean = await burst(world);
  } finally {
    await world.stop();
  }
});

describe("processes that die in the middle of a burst", () => {
  const one: readonly Role[] = ["all"];
  const split: readonly Role[] = ["web", "worker", "worker"];
  it.each([
    { queue: "postgres", topology: "one", roles: one },
    { queue: "postgres", topology: "split", roles: split },
    { queue: "redis", topology: "split", roles: split },
  ] as const)(`end with the scores of a clean run after ${kills} kills, on $queue as $topology`, async (setup) => {
    const world = await start(setup);
    try {
      await world.install();
      expect(await burst(world, () => killAround(world, setup.roles, (victim) => victim.kill()))).toEqual(clean);
    } finally {
      await world.stop();
    }
  });

  it("lose nothing when they are told to stop instead", async () => {
    const world = await start({});
    const stop = async (victim: AppProcess) => expect(await victim.stop()).toBe(0);
    try {
      await world.install();
      expect(await burst(world, () => killAround(world, one, stop))).toEqual(clean);
    } finally {
      await world.stop();
    }
  });
});

describe("a queue that forgets everything", () => {
  let world: World;
  beforeAll(async () => {
    world = await start({ queue: "redis" });
    await world.install();
  });
  afterAll(() => world?.stop());

  it("is filled again from the database, within seconds and without a loss", async () => {
    const redis = new Redis(world.redisUrl ?? "");
    const forget = async () => {
      for (let count = 0; count < kills; count++) {
        await sleep(200 + Math.random() * 400);
        await redis.flushdb();
      }
    };
    const results = await burst(world, forget);
    redis.disconnect();
    expect(results).toEqual(clean);
    await world.stop();
  });
});
