import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { askDatabase } from "../../support/ask-database.ts";
import type { Stage } from "./stage.ts";

/** The queue forgets everything: FLUSHALL, or its twin for the tables. */
export async function wipeQueue({ redisUrl, databaseUrl }: Stage): Promise<void> {
  if (redisUrl) {
    const redis = new Redis(redisUrl);
    await redis.flushall();
    redis.disconnect();
    return;
  }
  const tables = await askDatabase<{ name: string }>(
    databaseUrl,
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'bullmq' AND table_name <> 'migration'`,
  );
  if (tables.length === 0) throw new Error("there are no tables of a queue");
  await askDatabase(databaseUrl, `TRUNCATE ${tables.map(({ name }) => name).join(", ")}`);
}

/** Seconds until whatever lay free in the database when this was called is in somebody's hands or done. */
export async function waitUntilTaken({ databaseUrl }: Stage, patienceMs: number): Promise<number> {
  const startedAt = performance.now();
  const [now] = await askDatabase<{ at: string }>(databaseUrl, "SELECT clock_timestamp()::text AS at");
  const free = (table: string) => `SELECT FROM ${table} WHERE marked_at <= $1 AND due_at <= $1
    AND (lease_until IS NULL OR lease_until < clock_timestamp()) AND lease_until IS NULL`;
  for (;;) {
    const [row] = await askDatabase<{ waits: boolean }>(
      databaseUrl,
      `SELECT EXISTS (${free("stale_records")}) OR EXISTS (${free("dirty_accounts")}) AS waits`,
      [now?.at],
    );
    const seconds = (performance.now() - startedAt) / 1000;
    if (!row?.waits) return seconds;
    if (seconds * 1000 > patienceMs) throw new Error("nobody takes up the work after the queue was wiped");
    await sleep(50);
  }
}
