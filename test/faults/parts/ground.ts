import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createLogger } from "../../../server/logger.ts";
import { makeTemplate } from "../../support/make-template.ts";
import { requireProgram } from "../../support/require-program.ts";
import { type RedisServer, startRedis } from "../../support/start-redis.ts";
import { createPrograms, type Programs } from "./bundle-programs.ts";
import { type PostgresCluster, startPostgresCluster } from "./postgres-cluster.ts";

/** What all trials of a run stand on: one PostgreSQL with a migrated template, one Redis, the programs. */
export interface Ground {
  readonly postgres: PostgresCluster;
  readonly redis: RedisServer;
  readonly programs: Programs;
  stop(): Promise<void>;
}

export async function prepareGround(): Promise<Ground> {
  const log = createLogger("silent");
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-faults-"));
  // PostgreSQL runs as a user without rights when we are root: it must be able to walk in.
  await chmod(folder, 0o755);
  const program = requireProgram(["redis-server"], "redis-server");
  const postgres = await startPostgresCluster(path.join(folder, "data"), log);
  const redis = await startRedis(program, folder);
  const stop = async () => {
    redis.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // Read by test/support/test-database.ts, which clones the template.
    process.env.TEST_DATABASE_URL = postgres.url;
    process.env.TEST_REDIS_URL = redis.url;
    await makeTemplate(postgres.url, log);
    return { postgres, redis, programs: createPrograms(folder), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
