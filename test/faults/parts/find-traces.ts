import { Redis } from "ioredis";
import { askDatabase } from "../../support/ask-database.ts";
import type { Stage } from "./stage.ts";

/**
 * Where one of the texts still stands: in any row of any table of any schema, the queue's too, or in Redis. Rows are searched as text,
 * so that no column, and nothing inside JSON, is forgotten.
 */
export async function findTraces(stage: Stage, needles: readonly string[]): Promise<string[]> {
  return [...(await findInDatabase(stage.databaseUrl, needles)), ...(await findInRedis(stage.redisUrl, needles))];
}

async function findInDatabase(databaseUrl: string, needles: readonly string[]): Promise<string[]> {
  const tables = await askDatabase<{ name: string }>(
    databaseUrl,
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await askDatabase<{ needle: string; n: number }>(
      databaseUrl,
      `SELECT needle, count(*)::int AS n FROM unnest($1::text[]) AS needle JOIN ${name} AS t
         ON strpos(t::text, needle) > 0 GROUP BY needle`,
      [[...needles]],
    );
    found.push(...rows.map(({ needle, n }) => `${needle} stands in ${n} rows of ${name}`));
  }
  return found;
}

async function findInRedis(url: string | null, needles: readonly string[]): Promise<string[]> {
  if (!url) return [];
  const redis = new Redis(url);
  try {
    const found: string[] = [];
    for (const key of await redis.keys("*")) {
      const bytes = (await redis.dumpBuffer(key))?.toString("latin1") ?? "";
      for (const needle of needles)
        if (key.includes(needle) || bytes.includes(needle)) found.push(`${needle} stands in ${key}`);
    }
    return found;
  } finally {
    redis.disconnect();
  }
}
