import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { openDatabase } from "../../../server/db/database.ts";
import { startEmbeddedPostgres } from "../../../server/db/embedded-postgres.ts";
import { migrate } from "../../../server/db/migrate.ts";
import { createLogger } from "../../../server/logger.ts";

/** A PostgreSQL of one benchmark's own, with default settings. */
export interface BenchDatabase {
  /** Process id of the server, whose processor time is measured. */
  readonly pid: number;
  /** A new database with our tables. */
  create(name: string): Promise<string>;
  /** A copy of one that nobody is connected to. */
  copy(from: string, name: string): Promise<string>;
  /** A new database with nothing in it. */
  createEmpty(name: string): Promise<string>;
  stop(): Promise<void>;
}

const log = createLogger("error");

export async function startBenchDatabase(): Promise<BenchDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-bench-"));
  const postgres = await startEmbeddedPostgres(folder, log);
  const [pid = ""] = (await readFile(path.join(folder, "postgres-18", "postmaster.pid"), "utf8")).split("\n");
  const createEmpty = async (name: string) => {
    await query(postgres.url, `CREATE DATABASE ${name}`);
    return postgres.url.replace(/\/[^/]*$/, `/${name}`);
  };
  return {
    pid: Number(pid),
    createEmpty,
    copy: async (from, name) => {
      await query(postgres.url, `CREATE DATABASE ${name} TEMPLATE ${from}`);
      return postgres.url.replace(/\/[^/]*$/, `/${name}`);
    },
    create: async (name) => {
      const url = await createEmpty(name);
      const { db, close } = openDatabase(url, log, 1);
      await migrate(db);
      await close();
      return url;
    },
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function query<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
