import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../../../server/db/embedded-postgres.ts";
import type { Logger } from "../../../server/logger.ts";

/** A PostgreSQL with a crash of its own: the same port and the same files before and after it. */
export interface PostgresCluster {
  readonly url: string;
  /** What the server says, from its first start on: a deadlock is explained nowhere else. */
  readonly logFile: string;
  /** SIGKILL to the server and all its backends at once. */
  kill(): Promise<void>;
  /** With more in its environment than we have, until the next restart. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly uid: number;
  readonly gid: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Made by the product's own launcher, then started again by the same command, so that we own the process. Linux only. */
export async function startPostgresCluster(
  folder: string,
  log: Logger,
  logFile: string = path.join(folder, "postgres.log"),
): Promise<PostgresCluster> {
  const embedded = await startEmbeddedPostgres(folder, log);
  const pid = Number((await readFile(path.join(folder, "postgres-18", "postmaster.pid"), "utf8")).split("\n")[0]);
  const command = await readCommand(pid);
  // What several versions of the program want at once while they replace each other.
  const args = command.args.map((arg) => (arg === "max_connections=200" ? "max_connections=300" : arg));
  await embedded.stop();
  const launch = (env: Readonly<Record<string, string>> = {}) =>
    start({ ...command, args, env }, embedded.url, logFile);
  let child = await launch();
  return {
    url: embedded.url,
    logFile,
    kill: () => killAll(child),
    restart: async (env) => {
      child = await launch(env);
    },
    stop: () => end(child, () => child.kill("SIGINT")),
  };
}

async function readCommand(pid: number): Promise<Omit<Command, "env">> {
  const [program = "", ...args] = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0").filter(Boolean);
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const id = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
  return { program, args, uid: id("Uid"), gid: id("Gid") };
}

/** The memory that the dead server shared must be free first: until then a start fails and is tried again. */
async function start({ program, args, uid, gid, env }: Command, url: string, logFile: string): Promise<ChildProcess> {
  for (let tries = 0; tries < 100; tries++) {
    const log = openSync(logFile, "a");
    const all = { ...process.env, ...env };
    const child = spawn(program, args, { uid, gid, env: all, cwd: "/", detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    // Whatever ends us, it must not be left running alone.
    const endWithUs = () => void child.kill("SIGINT");
    process.once("exit", endWithUs);
    child.once("exit", () => process.off("exit", endWithUs));
    if (await answers(child, url)) return child;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("PostgreSQL does not come back");
}

async function answers(child: ChildProcess, url: string): Promise<boolean> {
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  while (isAlive()) {
    const client = new pg.Client({ connectionString: url });
    // A server that is still recovering ends the connection later as well.
    client.on("error", () => undefined);
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (ready && isAlive()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** Backends are in groups of their own, so the server's children are looked up first. */
async function killAll(child: ChildProcess): Promise<void> {
  const server = child.pid;
  if (server === undefined) return;
  const children = await readFile(`/proc/${server}/task/${server}/children`, "utf8").catch(() => "");
  await end(child, () => {
    for (const pid of [server, ...children.split(" ").filter(Boolean).map(Number)]) killOne(pid);
  });
}

function killOne(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // Gone by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function end(child: ChildProcess, signal: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    signal();
  });
}
