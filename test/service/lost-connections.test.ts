import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

/** Found by the fault matrix, row F3: with PostgreSQL died every process that was in the middle of a transaction. */
describe("a database connection that is lost", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  const end = (pid: number) => sql`SELECT pg_terminate_backend(${pid}::int, 5000)`.execute(database.db);

  it("fails the transaction that holds it between two statements, and nothing else", async () => {
    const work = database.db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(trx);
      await end(rows[0]?.pid ?? 0);
      // Time for the news to arrive while nobody waits for an answer of this connection.
      await new Promise((resolve) => setTimeout(resolve, 200));
      await sql`SELECT 1`.execute(trx);
    });
    await expect(work).rejects.toThrow();
    const { rows } = await sql<{ one: number }>`SELECT 1 AS one`.execute(database.db);
    expect(rows).toEqual([{ one: 1 }]);
  });

  it("fails the statement that is under way, and nothing else", async () => {
    const work = database.db.connection().execute(async (held) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(held);
      const sleeping = sql`SELECT pg_sleep(30)`.execute(held);
      await end(rows[0]?.pid ?? 0);
      await sleeping;
    });
    await expect(work).rejects.toThrow();
    const { rows } = await sql<{ one: number }>`SELECT 1 AS one`.execute(database.db);
    expect(rows).toEqual([{ one: 1 }]);
  });
});
