import { describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import pg from "pg";
import { createLogger } from "../../server/logger.ts";
import { openQueue } from "../../server/queue/queue.ts";
import { cloneTemplate, testAddress } from "../support/test-database.ts";
import { describeQueue } from "./queue-battery.ts";
import type { QueuePlace } from "./queue-place.ts";

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

describe("a worker whose clock was an hour ahead, and that died (performance.md §1.5, P5 and P6)", () => {
  it("holds neither its own job nor the recovery of others for that hour", async () => {
    const place = await makeDatabase();
    const web = await openQueue({ ...place, leaseMs: 1_000 }, createLogger("silent"));
    const worker = await openQueue({ ...place, leaseMs: 1_000 }, createLogger("silent"));
    try {
      await web.wake("refresh-records", asPortalId(1));
      await withClient(place.databaseUrl, async (client) => {
        const { rowCount } = await client.query(
          `UPDATE bullmq.job SET state = 'active', lock_token = 'dead', attempts_started = 1,
             locked_until_ms = extract(epoch FROM now()) * 1000 + 3600000`,
        );
        expect(rowCount).toBe(1);
        await client.query(
          `INSERT INTO bullmq.meta (queue, field, value)
           VALUES ('touchstone', 'stalled-check', (extract(epoch FROM now()) * 1000 + 3600000)::bigint::text)
           ON CONFLICT (queue, field) DO UPDATE SET value = excluded.value`,
        );
      });
      const ran = Promise.withResolvers<string>();
      worker.work(async (name) => ran.resolve(name), 1);
      expect(await ran.promise).toBe("refresh-records");
    } finally {
      await worker.close();
      await web.close();
      await place.remove();
    }
  });
});
