import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Remembers that an install was begun; `stateHash` is a hash, so that the table gives nothing away. */
export async function rememberState(db: Database, stateHash: Buffer, lifetimeMs: number): Promise<void> {
  await sql`DELETE FROM install_states WHERE expires_at < now()`.execute(db);
  await sql`
    INSERT INTO install_states (state_hash, expires_at)
    VALUES (${stateHash}, now() + ${lifetimeMs} * interval '1 millisecond')`.execute(db);
}

/** True once and only once for a state that was begun and has not run out. */
export async function consumeState(db: Database, stateHash: Buffer): Promise<boolean> {
  const { rows } =
    await sql`DELETE FROM install_states WHERE state_hash = ${stateHash} AND expires_at > now() RETURNING 1`.execute(
      db,
    );
  return rows.length > 0;
}
