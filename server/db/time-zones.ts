import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Whether PostgreSQL can count days in the zone. */
export async function knowsTimeZone(db: Database, timeZone: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    SELECT EXISTS (SELECT FROM pg_timezone_names WHERE lower(name) = lower(${timeZone})) AS known`.execute(db);
  return rows[0]?.known ?? false;
}
