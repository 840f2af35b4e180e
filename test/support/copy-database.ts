import pg from "pg";
import { testAddress } from "./test-database.ts";

/** A copy of a database that nobody is connected to, and the way back to it. */
export interface DatabaseCopy {
  /** The database becomes what it was when the copy was taken. */
  restore(): Promise<void>;
  drop(): Promise<void>;
}

export async function copyDatabase(databaseUrl: string): Promise<DatabaseCopy> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const copy = `${name}_copy`;
  await asAdmin(`CREATE DATABASE ${copy} TEMPLATE ${name}`);
  return {
    restore: async () => {
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
      await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${copy}`);
    },
    drop: () => asAdmin(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`),
  };
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: testAddress("TEST_DATABASE_URL") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
