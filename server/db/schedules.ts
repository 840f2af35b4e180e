import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * True for exactly one of all processes each `everyMs`, by the database's clock: whoever moves the row on has the turn
 * (performance.md §1.5, P6 and P7: never by a worker's clock).
 */
export async function takeTurn(db: Database, name: string, everyMs: number): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO schedules AS s (name, next_run_at) VALUES (${name}, now() + ${everyMs} * interval '1 millisecond')
    ON CONFLICT (name) DO UPDATE SET next_run_at = excluded.next_run_at WHERE s.next_run_at <= now()
    RETURNING 1`.execute(db);
  return rows.length > 0;
}
