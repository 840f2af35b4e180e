import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { findPort } from "../../hubspot-stand-in/demo/app-process.ts";

const program = "redis-server";

/** A Redis of one test's own, because it is emptied and killed; what it holds outlives a kill. */
export interface OwnRedis {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  remove(): Promise<void>;
}

export async function startOwnRedis(): Promise<OwnRedis> {
  const port = await findPort(0);
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-redis-"));
  const url = `redis://127.0.0.1:${port}`;
  const args = ["--port", String(port), "--dir", folder, "--appendonly", "yes", "--save", "", "--bind", "127.0.0.1"];
  let child: ChildProcess | null = null;
  const start = async () => {
    child = spawn(program, args, { stdio: "ignore" });
    const probe = new Redis(url, { retryStrategy: () => 20 });
    probe.on("error", () => undefined);
    await probe.ping();
    probe.disconnect();
  };
  const kill = async () => {
    const running = child;
    child = null;
    if (!running) return;
    const exited = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGKILL");
    await exited;
  };
  await start();
  return {
    url,
    start,
    kill,
    remove: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
