import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { findPort } from "../../hubspot-stand-in/demo/app-process.ts";
import { describeQueue, type QueuePlace } from "./queue-battery.ts";

/** A Redis of this file's own, because it is emptied and killed. */
async function startRedis(): Promise<QueuePlace> {
  const port = await findPort(0);
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-redis-"));
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const stopStore = async () => {
    const running = child;
    child = null;
    if (!running) return;
    const exited = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGKILL");
    await exited;
  };
  const startStore = async () => {
    const args = ["--port", String(port), "--dir", folder, "--appendonly", "yes", "--save", "", "--bind", "127.0.0.1"];
    child = spawn("redis-server", args, { stdio: "ignore" });
    const probe = new Redis(url, { retryStrategy: () => 20 });
    probe.on("error", () => undefined);
    await probe.ping();
    probe.disconnect();
  };
  await startStore();
  return {
    databaseUrl: "postgres://not-used",
    redisUrl: url,
    loseEverything: async () => {
      const redis = new Redis(url);
      await redis.flushall();
      redis.disconnect();
    },
    stopStore,
    startStore,
    remove: async () => {
      await stopStore();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describeQueue("the queue on Redis", startRedis);
