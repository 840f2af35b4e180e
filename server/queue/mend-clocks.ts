import type pg from "pg";
import type { Logger } from "../logger.ts";

/**
 * BullMQ on PostgreSQL writes times by the worker's clock (performance.md §1.5, P5 and P6): one that went an hour ahead keeps
 * the jobs that it held when it died, and stops every other's recovery of dead jobs, for that hour. So what lies further in
 * the future than any right clock can have put it is brought back, by the database's clock.
 */
export function startMendingClocks(pool: pg.Pool, leaseMs: number, log: Logger): { stop(): void } {
  const mend = async () => {
    try {
      await pool.query(mendText, [leaseMs]);
    } catch (error) {
      // The database is away: the next round comes soon.
      log.warn({ reason: error instanceof Error ? error.message : "unknown" }, "the queue's clocks were not looked at");
    }
  };
  const timer = setInterval(() => void mend(), leaseMs / 4);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

const nowMs = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/** Clocks that differ by less than a lease are right enough (docs/operations.md). */
const mendText = `
  WITH checks AS (
    UPDATE bullmq.meta SET value = ${nowMs}::text WHERE field = 'stalled-check' AND value::bigint > ${nowMs} + $1::bigint
  )
  UPDATE bullmq.job SET locked_until_ms = ${nowMs} + $1::bigint
  WHERE state = 'active' AND locked_until_ms > ${nowMs} + 2 * $1::bigint`;
