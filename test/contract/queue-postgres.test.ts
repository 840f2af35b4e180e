import pg from "pg";
import { cloneTemplate, testAddress } from "../support/test-database.ts";
import { describeQueue, type QueuePlace } from "./queue-battery.ts";

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A database of this file's own on the shared server: it "goes away" by refusing connections. */
async function makeDatabase(): Promise<QueuePlace> {
  const { url, drop } = await cloneTemplate();
  const name = new URL(url).pathname.slice(1);
  const allow = (allowed: boolean) =>
    withClient(testAddress("TEST_DATABASE_URL"), async (admin) => {
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${allowed}`);
      if (!allowed)
        await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    });
  return {
    databaseUrl: url,
    redisUrl: null,
    loseEverything: () =>
      withClient(url, async (client) => {
        const { rows } = await client.query<{ name: string }>(
          `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
           WHERE tablename LIKE 'bullmq%' AND tablename NOT LIKE '%migration%' OR schemaname LIKE 'bullmq%' AND tablename NOT LIKE '%migration%'`,
        );
        if (rows.length === 0) throw new Error("the queue's tables were not found");
        await client.query(`TRUNCATE ${rows.map((row) => row.name).join(", ")}`);
      }),
    stopStore: () => allow(false),
    startStore: () => allow(true),
    remove: drop,
  };
}

describeQueue("the queue on PostgreSQL", makeDatabase);
