import { randomBytes } from "node:crypto";
import pg from "pg";
import { type OpenDatabase, openDatabase } from "../../server/db/database.ts";
import { createLogger } from "../../server/logger.ts";

/** Addresses that test/run-tests.ts hands to every test. */
export function testAddress(name: "TEST_DATABASE_URL" | "TEST_REDIS_URL" | "TEST_CHROMIUM"): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests by "npm test -- ${process.argv.at(-1) ?? ""}"`);
  return value;
}

export interface TestDatabase extends OpenDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of its own, cloned from the migrated template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, drop } = await cloneTemplate();
  const opened = openDatabase(url, createLogger("silent"), 6);
  return {
    ...opened,
    url,
    drop: async () => {
      await opened.close();
      await drop();
    },
  };
}

export async function cloneTemplate(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin((client) => client.query(`CREATE DATABASE ${name} TEMPLATE touchstone_template`));
  return {
    url: testAddress("TEST_DATABASE_URL").replace(/\/[^/]*$/, `/${name}`),
    drop: () => asAdmin((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function asAdmin(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: testAddress("TEST_DATABASE_URL") });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
