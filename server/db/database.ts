import { Socket } from "node:net";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Logger } from "../logger.ts";
import { preparing } from "./prepare-statements.ts";
import type { Schema } from "./schema.ts";

export type Database = Kysely<Schema>;

/** Portal ids, versions and times in milliseconds are whole numbers far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: unknown) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as "text"),
};

export interface OpenDatabase {
  readonly db: Database;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * Every statement is answered within `statement_timeout`, and no transaction of ours rests for longer: a connection that is silent
 * for so long has lost the other end without a word, which TCP notices after a quarter of an hour or never.
 */
const silentAfterMs = 120_000;

/**
 * One pool per process. Without an error listener a pool would end the process when the database goes away
 * (performance.md §1.5); the next query simply opens a new connection.
 */
export function openDatabase(url: string, log: Logger, max = 12, silentMs = silentAfterMs): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    stream: () => givenUpWhenSilent(silentMs),
  });
  pool.on("error", (error) => log.warn({ reason: error.message }, "a database connection was lost"));
  // The pool listens to idle connections only. One that a transaction holds would end the process as well; its query, or its
  // next one, fails by itself.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
  return { db, pool, close: () => db.destroy() };
}

function givenUpWhenSilent(ms: number): Socket {
  const socket = new Socket();
  socket.setTimeout(ms, () => socket.destroy(new Error(`the database was silent for ${ms / 1000} s`)));
  return socket;
}
