import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { openDatabase } from "../../server/db/database.ts";
import { isPassingError } from "../../server/db/is-passing-error.ts";
import { createLogger } from "../../server/logger.ts";
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

  it("is given up when the other end has vanished without a word, and another one is opened", async () => {
    const way = await startWay(Number(new URL(database.url).port));
    const url = new URL(database.url);
    url.port = String(way.port);
    const far = openDatabase(url.href, createLogger("silent"), 1, 500);
    await sql`SELECT 1`.execute(far.db);
    way.swallow();
    const lost: unknown = await sql`SELECT 1`.execute(far.db).catch((error: unknown) => error);
    expect(lost).toMatchObject({ message: "the database was silent for 0.5 s" });
    expect(isPassingError(lost)).toBe(true);
    const { rows } = await sql<{ one: number }>`SELECT 1 AS one`.execute(far.db);
    expect(rows).toEqual([{ one: 1 }]);
    await far.close();
    await way.close();
  });
});

/** A way to the database on which the connections of now can go dead: nothing passes, and nobody is told. */
async function startWay(to: number) {
  const pairs: [Socket, Socket][] = [];
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    pairs.push([near, far]);
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    swallow: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
      }
    },
    close: async () => {
      for (const end of pairs.flat()) end.destroy();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
