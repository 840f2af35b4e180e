import pg from "pg";
import { openDatabase } from "../../server/db/database.ts";
import { migrate } from "../../server/db/migrate.ts";
import type { Logger } from "../../server/logger.ts";
import { openQueue } from "../../server/queue/queue.ts";

/** A database with our tables and the queue's, from which each test gets its own in some 30 ms. */
export async function makeTemplate(url: string, log: Logger): Promise<void> {
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
