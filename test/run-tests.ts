import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { findPort } from "../hubspot-stand-in/demo/app-process.ts";
import { openDatabase } from "../server/db/database.ts";
import { startEmbeddedPostgres } from "../server/db/embedded-postgres.ts";
import { migrate } from "../server/db/migrate.ts";
import { createLogger } from "../server/logger.ts";
import { openQueue } from "../server/queue/queue.ts";

/**
 * npm test [-- jest options]: every test, on real parts. Starts one PostgreSQL with a migrated template that each test file
 * clones, and one Redis; finds Chromium. What is missing is installed on Debian and Ubuntu when root, else named in one line.
 */
const root = path.resolve(import.meta.dirname, "..");
const log = createLogger("error");

function requireProgram(names: readonly string[], debianPackage: string): string {
  const find = () =>
    names
      .map((name) => spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim())
      .find((found) => found && existsSync(found));
  const found = find();
  if (found) return found;
  const canInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (canInstall) {
    process.stdout.write(`Installing Debian's ${debianPackage} …\n`);
    const quiet = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
    spawnSync("apt-get", ["update"], quiet);
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", debianPackage], quiet);
  }
  const installed = find();
  if (installed) return installed;
  process.stderr.write(
    `The tests need ${names.join(" or ")}. Install it (Debian and Ubuntu: apt-get install ${debianPackage}) and run again.\n`,
  );
  process.exit(1);
}

/** A port that was free a moment ago may be taken by a run beside this one: then another one is tried. */
async function startRedis(program: string, folder: string): Promise<{ url: string; stop(): void }> {
  for (let tries = 0; tries < 5; tries++) {
    const port = await findPort(0);
    const options = [
      "--port",
      String(port),
      "--dir",
      folder,
      "--appendonly",
      "yes",
      "--save",
      "",
      "--bind",
      "127.0.0.1",
    ];
    const child = spawn(program, options, { stdio: ["ignore", "pipe", "ignore"] });
    const ready = await new Promise<boolean>((resolve) => {
      child.once("exit", () => resolve(false));
      child.stdout.on("data", (text: Buffer) => void (text.includes("Ready to accept") && resolve(true)));
    });
    if (ready) return { url: `redis://127.0.0.1:${port}`, stop: () => child.kill("SIGTERM") };
  }
  throw new Error("Redis found no free port");
}

/** A database with our tables and the queue's, from which each test file gets its own in some 30 ms. */
async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("CREATE DATABASE touchstone_template");
  await client.end();
  const templateUrl = url.replace(/\/[^/]*$/, "/touchstone_template");
  const { db, close } = openDatabase(templateUrl, log);
  await migrate(db);
  await close();
  const queue = await openQueue({ databaseUrl: templateUrl, redisUrl: null, leaseMs: 60_000 }, log);
  await queue.close();
}

async function main(): Promise<number> {
  const redisProgram = requireProgram(["redis-server"], "redis-server");
  const chromium = requireProgram(["chromium", "chromium-browser", "google-chrome"], "chromium");
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-test-"));
  const postgres = await startEmbeddedPostgres(path.join(folder, "data"), log);
  const redis = await startRedis(redisProgram, folder);
  try {
    await makeTemplate(postgres.url);
    const jest = path.join(root, "node_modules", "jest", "bin", "jest.js");
    const child = spawn(
      process.execPath,
      ["--experimental-vm-modules", "--no-warnings", jest, ...process.argv.slice(2)],
      {
        cwd: root,
        stdio: "inherit",
        env: { ...process.env, TEST_DATABASE_URL: postgres.url, TEST_REDIS_URL: redis.url, TEST_CHROMIUM: chromium },
      },
    );
    return await new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  } finally {
    redis.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

process.exit(await main());
