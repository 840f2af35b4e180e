import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";
import { dropPartitions, makePartitions } from "./partitions.ts";

const dayMs = 86_400_000;

/** How long what is kept, in days. */
export interface Lives {
  readonly events: number;
  readonly history: number;
  /** Never less than the longest window of a model, 730 days. */
  readonly signals: number;
  readonly deadLetters: number;
}

export interface Forgotten {
  readonly made: readonly string[];
  readonly dropped: readonly string[];
  /** Events dated so that they belong into no partition: they came far too late, or from a clock that is wrong. */
  readonly strays: number;
  /** Rows of tables that have no partitions: why, says decision 0015. */
  readonly signals: number;
  readonly others: number;
}

const rowsAtOnce = 10_000;

/**
 * Makes partitions ahead of time and forgets what has outlived its time: whole partitions, and rows a portion at a time until `endAt`
 * (`performance.now()`). What is left waits for the next run; of each table at least one portion goes.
 */
export async function forgetOld(db: Database, now: number, lives: Lives, endAt: number): Promise<Forgotten> {
  const before = (days: number) => now - days * dayMs;
  const made = [
    ...(await makePartitions(db, "inbox_events", now)),
    ...(await makePartitions(db, "score_history", now)),
  ];
  const strays = await countStrays(db);
  const dropped = [
    ...(await dropPartitions(db, "inbox_events", before(lives.events))),
    ...(await dropPartitions(db, "score_history", before(lives.history))),
  ];
  const forget = (table: string, isOld: RawBuilder<unknown>) => deleteRows(db, table, isOld, endAt);
  const letters = await forget("dead_letters", sql`died_at < ${new Date(before(lives.deadLetters))}`);
  // Nothing that is still kept can name whom left an account before the oldest history.
  const former = await forget("former_members", sql`left_at < ${new Date(before(lives.history))}`);
  const verdicts = await forget("account_verdicts", sql`judged_at < ${before(lives.history)}`);
  // Last: of these there may be millions.
  const signals = await forget("signals", sql`at < ${before(lives.signals)}`);
  return { made, dropped, strays, signals, others: letters + former + verdicts };
}

async function countStrays(db: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM inbox_events_rest`.execute(db);
  return rows[0]?.n ?? 0;
}

async function deleteRows(db: Database, table: string, isOld: RawBuilder<unknown>, endAt: number): Promise<number> {
  for (let deleted = 0; ; ) {
    const { numAffectedRows } = await sql`
      DELETE FROM ${sql.table(table)} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${sql.table(table)} WHERE ${isOld} LIMIT ${rowsAtOnce}))`.execute(db);
    const count = Number(numAffectedRows ?? 0);
    deleted += count;
    if (count < rowsAtOnce || performance.now() > endAt) return deleted;
  }
}
