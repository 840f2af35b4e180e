import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { type OpenDatabase, openDatabase } from "../../server/db/database.ts";
import { isPassingError } from "../../server/db/is-passing-error.ts";
import { createLogger } from "../../server/logger.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

describe("statements that are asked again and again", () => {
  let database: TestDatabase;
  let opened: OpenDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    opened = openDatabase(database.url, createLogger("silent"), 1);
    await sql`CREATE TABLE things (id int, name text)`.execute(opened.db);
    await sql`INSERT INTO things VALUES (1, 'one'), (2, 'two')`.execute(opened.db);
  });
  afterAll(async () => {
    await opened?.close();
    await database?.drop();
  });

  const find = async (id: number) =>
    (await sql<{ id: number; name: string }>`SELECT * FROM things WHERE id = ${id}`.execute(opened.db)).rows;
  const listPrepared = async () =>
    (await sql<{ text: string }>`SELECT statement AS text FROM pg_prepared_statements`.execute(opened.db)).rows;
  const times = async (n: number, ask: (n: number) => Promise<unknown>) => {
    for (let asked = 0; asked < n; asked++) await ask(asked);
  };

  it("are prepared on the connection, and answer each value for itself", async () => {
    await times(20, () => find(1));
    expect(await listPrepared()).toEqual([]);
    expect([await find(1), await find(2), await find(3)]).toEqual([
      [{ id: 1, name: "one" }],
      [{ id: 2, name: "two" }],
      [],
    ]);
    expect(await listPrepared()).toEqual([{ text: "SELECT * FROM things WHERE id = $1" }]);
  });

  it("are planned for their values each time when they take long", async () => {
    await times(25, () => sql`SELECT pg_sleep(0.003), ${1}::int`.execute(opened.db));
    expect(await listPrepared()).toHaveLength(1);
  });

  it("are asked anew on another connection after a migration that changes what they answer", async () => {
    await sql`ALTER TABLE things ADD COLUMN colour text DEFAULT 'red'`.execute(opened.db);
    const failed: unknown = await find(1).catch((error: unknown) => error);
    expect(failed).toMatchObject({ message: "cached plan must not change result type" });
    expect(isPassingError(failed)).toBe(true);
    expect(await find(1)).toEqual([{ id: 1, name: "one", colour: "red" }]);
  });

  it("are bounded in number: 200 for each connection, and none for texts that differ each time", async () => {
    await times(2_500, (n) => sql.raw(`SELECT ${n}`).execute(opened.db));
    await times(2_500, (n) => sql`SELECT ${sql.lit(n)}::int + ${1}::int`.execute(opened.db));
    expect((await listPrepared()).length).toBeLessThanOrEqual(1);
    for (let n = 0; n < 230; n++) await times(21, () => sql`SELECT ${sql.lit(n)}::int + ${1}::int`.execute(opened.db));
    expect(await listPrepared()).toHaveLength(200);
    expect(await find(2)).toMatchObject([{ id: 2 }]);
  });
});
