import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

export interface Turn {
  readonly name: string;
  readonly everyMs: number;
}

/**
 * Names of those that are due. Each is given to exactly one of all processes each `everyMs`, by the database's clock: whoever moves
 * the row on has the turn (performance.md §1.5, P6 and P7: never by a worker's clock). One that is not due is not locked.
 */
export async function takeTurns(db: Database, turns: readonly Turn[]): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    INSERT INTO schedules AS s (name, next_run_at)
    SELECT t.name, now() + t.every * interval '1 millisecond'
    FROM unnest(${turns.map(({ name }) => name)}::text[], ${turns.map(({ everyMs }) => everyMs)}::float8[]) AS t(name, every)
    WHERE NOT EXISTS (SELECT FROM schedules o WHERE o.name = t.name AND o.next_run_at > now())
    ORDER BY t.name
    ON CONFLICT (name) DO UPDATE SET next_run_at = excluded.next_run_at WHERE s.next_run_at <= now()
    RETURNING s.name`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

/**
 * Says that somebody is at work, by the database's clock. When the last to say so did it longer ago than `silenceMs`, `run`
 * is carried out in the same transaction, and its answer returned; null otherwise. The first ever has nothing to notice.
 */
export async function measureSilence<Result>(
  db: Database,
  silenceMs: number,
  run: (trx: Transaction<Schema>) => Promise<Result>,
): Promise<Result | null> {
  return db.transaction().execute(async (trx) => {
    await sql`INSERT INTO schedules (name, next_run_at) VALUES ('at-work', now()) ON CONFLICT DO NOTHING`.execute(trx);
    const { rows } = await sql<{ silent: boolean }>`
      WITH last AS (SELECT next_run_at AS at FROM schedules WHERE name = 'at-work' FOR UPDATE)
      UPDATE schedules SET next_run_at = clock_timestamp() FROM last WHERE name = 'at-work'
      RETURNING last.at < clock_timestamp() - ${silenceMs} * interval '1 millisecond' AS silent`.execute(trx);
    return rows[0]?.silent ? run(trx) : null;
  });
}
