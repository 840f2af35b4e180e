import { randomBytes } from "node:crypto";
import pg from "pg";

/** A database whose clock is stepped: our SQL asks for the time by `now()` and `clock_timestamp()`, and gets ours. */
export interface SteppedDatabase {
  readonly url: string;
  /** From here the clock runs on by itself, so that a lease or a limit under way ends. It never goes back. */
  setClock(at: number): Promise<void>;
  drop(): Promise<void>;
}

/**
 * Functions of the schema `public` win over the ones that are built in when the search path says so. The database has to be empty:
 * defaults of columns keep the function that they were made with.
 */
const ownClock = `
  CREATE TABLE stepped_clock (at timestamptz NOT NULL, set_at timestamptz NOT NULL);
  INSERT INTO stepped_clock VALUES (pg_catalog.clock_timestamp(), pg_catalog.clock_timestamp());
  CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT at + (pg_catalog.clock_timestamp() - set_at) FROM public.stepped_clock';
  CREATE FUNCTION now() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT at + (pg_catalog.now() - set_at) FROM public.stepped_clock';`;

export async function createSteppedDatabase(serverUrl: string): Promise<SteppedDatabase> {
  const name = `simulation_${randomBytes(6).toString("hex")}`;
  const url = serverUrl.replace(/\/[^/]*$/, `/${name}`);
  await once(serverUrl, `CREATE DATABASE ${name}`);
  await once(serverUrl, `ALTER DATABASE ${name} SET search_path = public, pg_catalog`);
  await once(serverUrl, `ALTER DATABASE ${name} SET synchronous_commit = off`);
  await once(url, ownClock);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    url,
    setClock: async (at) => {
      await client.query(
        `UPDATE stepped_clock SET set_at = pg_catalog.clock_timestamp(),
          at = greatest(to_timestamp($1 / 1000.0), at + (pg_catalog.clock_timestamp() - set_at))`,
        [at],
      );
    },
    drop: async () => {
      await client.end();
      await once(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function once(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
