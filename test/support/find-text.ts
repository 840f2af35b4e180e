import { sql } from "kysely";
import type { Database } from "../../server/db/database.ts";

/** Every place in the database where a text stands, of whatever type the column is. */
export async function findText(db: Database, needle: string): Promise<string[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
      AND c.table_schema = 'public'`.execute(db);
  const places: string[] = [];
  for (const { table, column } of rows) {
    const found =
      await sql`SELECT FROM ${sql.table(table)} WHERE ${sql.ref(column)}::text LIKE ${`%${needle}%`} LIMIT 1`.execute(
        db,
      );
    if (found.rows.length > 0) places.push(`${table}.${column}`);
  }
  return places.sort();
}
