import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * True once and only once for the state of an install. A state proves itself by its signature, so nothing is written for the
 * many that are begun by whoever calls our install link: only finished installs leave a row, until the state has ended anyway.
 */
export async function spendState(db: Database, stateHash: Buffer, lifetimeMs: number): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO used_install_states (state_hash, expires_at)
    VALUES (${stateHash}, now() + ${lifetimeMs} * interval '1 millisecond')
    ON CONFLICT DO NOTHING RETURNING 1`.execute(db);
  return rows.length > 0;
}

/** How many installs came back within the last `withinMs`. */
export async function countSpent(db: Database, lifetimeMs: number, withinMs: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM used_install_states
    WHERE expires_at > now() + ${lifetimeMs - withinMs} * interval '1 millisecond'`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function forgetUsedStates(db: Database): Promise<void> {
  await sql`DELETE FROM used_install_states WHERE expires_at < now()`.execute(db);
}
