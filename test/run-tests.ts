import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "../server/db/embedded-postgres.ts";
import { createLogger } from "../server/logger.ts";
import { makeTemplate } from "./support/make-template.ts";
import { requireProgram } from "./support/require-program.ts";
import { startRedis } from "./support/start-redis.ts";

/**
 * npm test [-- jest options]: every test, on real parts. Starts one PostgreSQL with a migrated template that each test file
 * clones, and one Redis; finds Chromium. What is missing is installed on Debian and Ubuntu when root, else named in one line.
 */
const root = path.resolve(import.meta.dirname, "..");
const log = createLogger("error");

async function main(): Promise<number> {
  const redisProgram = requireProgram(["redis-server"], "redis-server");
  const chromium = requireProgram(["chromium", "chromium-browser", "google-chrome"], "chromium");
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-test-"));
  const postgres = await startEmbeddedPostgres(path.join(folder, "data"), log);
  const redis = await startRedis(redisProgram, folder);
  try {
    await makeTemplate(postgres.url, log);
    const jest = path.join(root, "node_modules", "jest", "bin", "jest.js");
    const child = spawn(
      process.execPath,
      ["--experimental-vm-modules", "--no-warnings", jest, ...process.argv.slice(2)],
      {
        cwd: root,
        stdio: "inherit",
        env: {
          ...process.env,
          TEST_DATABASE_URL: postgres.url,
          TEST_REDIS_URL: redis.url,
          TEST_CHROMIUM: chromium,
          // Hundreds of servers are started: each would take the types from the same files again.
          TEST_COMPILE_CACHE: path.join(folder, "compiled"),
        },
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
