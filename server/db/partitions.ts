import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

const dayMs = 86_400_000;

/** Tables in partitions by a time in milliseconds; every one has a partition `…_rest` for what fits nowhere else. */
export const partitionedTables = {
  inbox_events: { column: "occurred_at", spanMs: dayMs },
  score_history: { column: "ended_at", spanMs: 30 * dayMs },
} as const;
type PartitionedTable = keyof typeof partitionedTables;

/** Spans that are ready before their time comes, so that a schedule may fail for days. */
const spansAhead = 4;
/** DDL locks whoever writes to the table out: rather tried again in an hour than waited for. */
const lockMs = 2_000;

/** Makes the partitions around `now` that are missing. What waited in the rest meanwhile moves in. Returns their names. */
export async function makePartitions(db: Database, table: PartitionedTable, now: number): Promise<string[]> {
  const { spanMs } = partitionedTables[table];
  const current = Math.floor(now / spanMs) * spanMs;
  const existing = new Set((await listPartitions(db, table)).map(({ from }) => from));
  const made: string[] = [];
  for (let span = -1; span <= spansAhead; span++) {
    const from = current + span * spanMs;
    if (existing.has(from)) continue;
    await db.transaction().execute((trx) => makePartition(trx, table, from));
    made.push(nameOf(table, from));
  }
  return made;
}

async function makePartition(trx: Transaction<Schema>, table: PartitionedTable, from: number): Promise<void> {
  const { column, spanMs } = partitionedTables[table];
  const [name, rest, key] = [sql.table(nameOf(table, from)), sql.table(`${table}_rest`), sql.ref(column)];
  const to = from + spanMs;
  await sql`SET LOCAL lock_timeout = ${sql.lit(lockMs)}`.execute(trx);
  await sql`LOCK TABLE ${sql.table(table)} IN SHARE UPDATE EXCLUSIVE MODE`.execute(trx);
  await sql`LOCK TABLE ${rest} IN ACCESS EXCLUSIVE MODE`.execute(trx);
  await sql`CREATE TABLE ${name} (LIKE ${sql.table(table)} INCLUDING DEFAULTS INCLUDING STORAGE)`.execute(trx);
  await sql`
    WITH moved AS (DELETE FROM ${rest} WHERE ${key} >= ${from} AND ${key} < ${to} RETURNING *)
    INSERT INTO ${name} SELECT * FROM moved`.execute(trx);
  await sql`
    ALTER TABLE ${sql.table(table)} ATTACH PARTITION ${name} FOR VALUES FROM (${sql.lit(from)}) TO (${sql.lit(to)})`.execute(
    trx,
  );
}

/**
 * Drops the partitions that hold nothing younger than `oldestAt`, whole. Of the rest, where only what came far too late or
 * far too early is, the old rows are deleted. Returns the names of those that went.
 */
export async function dropPartitions(db: Database, table: PartitionedTable, oldestAt: number): Promise<string[]> {
  const { column, spanMs } = partitionedTables[table];
  const old = (await listPartitions(db, table)).filter(({ from }) => from + spanMs <= oldestAt);
  for (const { name } of old) {
    await db.transaction().execute(async (trx) => {
      await sql`SET LOCAL lock_timeout = ${sql.lit(lockMs)}`.execute(trx);
      await sql`DROP TABLE ${sql.table(name)}`.execute(trx);
    });
  }
  await sql`DELETE FROM ${sql.table(`${table}_rest`)} WHERE ${sql.ref(column)} < ${oldestAt}`.execute(db);
  return old.map(({ name }) => name);
}

/** The partitions of a table but the rest, oldest first. */
export async function listPartitions(
  db: Database,
  table: PartitionedTable,
): Promise<{ readonly name: string; readonly from: number }[]> {
  const { rows } = await sql<{ name: string; from: number }>`
    SELECT c.relname AS name, (regexp_match(pg_get_expr(c.relpartbound, c.oid), '\\(''?(-?\\d+)'))[1]::bigint AS "from"
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ${table}::regclass AND c.relname <> ${`${table}_rest`} ORDER BY 2`.execute(db);
  return rows;
}

/** "inbox_events_20261122": the day on which it begins. */
const nameOf = (table: PartitionedTable, from: number): string =>
  `${table}_${new Date(from).toISOString().slice(0, 10).replaceAll("-", "")}`;
