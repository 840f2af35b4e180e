import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { askDatabase } from "../../support/ask-database.ts";
import type { Post } from "./crew.ts";
import { nameOf, type Stage } from "./stage.ts";

/**
 * Holds a table until a worker wants it, and runs `act` on that worker while its statement waits: a moment inside our own work,
 * where no call to HubSpot is under way. Null when none comes in time.
 */
export async function catchAtTable(
  { crew, databaseUrl }: Stage,
  table: string,
  act: (worker: Post) => Promise<void>,
  patienceMs = 10_000,
): Promise<Post | null> {
  const holder = new pg.Client({ connectionString: databaseUrl });
  await holder.connect();
  try {
    await holder.query("BEGIN");
    await holder.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    for (const endAt = Date.now() + patienceMs; Date.now() < endAt; await sleep(10)) {
      const waiting = await readWaiting(databaseUrl, table);
      const worker = crew.workers.find((post) => post.isAlive && waiting.includes(nameOf(post.port)));
      if (!worker) continue;
      await act(worker);
      return worker;
    }
    return null;
  } finally {
    await holder.end();
  }
}

async function readWaiting(databaseUrl: string, table: string): Promise<string[]> {
  const rows = await askDatabase<{ name: string }>(
    databaseUrl,
    `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE NOT l.granted AND l.relation = $1::regclass`,
    [table],
  );
  return rows.map(({ name }) => name);
}
