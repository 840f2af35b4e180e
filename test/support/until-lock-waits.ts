import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "../../server/db/database.ts";

const patienceMs = 60_000;

/** Until somebody of this database waits for a lock of another transaction; returns how many do. */
export async function untilLockWaits(db: Database): Promise<number> {
  for (const endAt = Date.now() + patienceMs; ; await sleep(10)) {
    const { rows } = await sql`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db);
    if (rows.length > 0) return rows.length;
    if (Date.now() > endAt) throw new Error("nobody waits for a lock");
  }
}
