import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import { askDatabase } from "../../support/ask-database.ts";
import { countJobs } from "./settle.ts";
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
  await truncate(databaseUrl, tables.map(({ name }) => name).join(", "), 10);
}

/** A worker that holds one of the tables may want another that we hold: then PostgreSQL ends one of the two, now and then us. */
async function truncate(databaseUrl: string, tables: string, attempts: number): Promise<void> {
  try {
    await askDatabase(databaseUrl, `TRUNCATE ${tables}`);
  } catch (error) {
    const isDeadlock = error instanceof pg.DatabaseError && error.code === "40P01";
    if (!isDeadlock || attempts <= 1) throw error;
    await truncate(databaseUrl, tables, attempts - 1);
  }
}

/**
 * Seconds until the queue knows again of work that lies free in the database; 0 when none does. When the work itself is begun
 * also depends on how long changes gather and on HubSpot's budget.
 */
export async function waitUntilWoken(stage: Stage, patienceMs: number): Promise<number> {
  const startedAt = performance.now();
  const before = await countFree(stage);
  if (before === 0) return 0;
  for (;;) {
    const woken = (await countJobs(stage)) > 0 || (await countFree(stage)) < before;
    const seconds = (performance.now() - startedAt) / 1000;
    if (woken) return seconds;
    if (seconds * 1000 > patienceMs) throw new Error("nobody takes up the work after the queue was wiped");
    await sleep(50);
  }
}

async function countFree({ databaseUrl }: Stage): Promise<number> {
  const free = (table: string) => `(SELECT count(*)::int FROM ${table}
    WHERE due_at <= clock_timestamp() AND (lease_until IS NULL OR lease_until < clock_timestamp()))`;
  const [row] = await askDatabase<{ n: number }>(
    databaseUrl,
    `SELECT ${free("stale_records")} + ${free("dirty_accounts")} AS n`,
  );
  return row?.n ?? 0;
}
