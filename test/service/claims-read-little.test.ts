import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql, type Transaction } from "kysely";
import { type OpenDatabase, openDatabase } from "../../server/db/database.ts";
import { claimDirty, markDirty, type Priority, priorities, settleDirty } from "../../server/db/dirty-accounts.ts";
import type { Schema } from "../../server/db/schema.ts";
import {
  type Claimable,
  claimStale,
  markStale,
  readRipeness,
  type StaleRecord,
} from "../../server/db/stale-records.ts";
import { createLogger } from "../../server/logger.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const portalId = asPortalId(4_242);
const waiting = 5_000;
const taken = 100;

let database: TestDatabase;
/** One connection, whose plans were made while nothing waited. */
let connection: OpenDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = openDatabase(database.url, createLogger("silent"), 1);
  await sql`VACUUM ANALYZE dirty_accounts, stale_records`.execute(connection.db);
  await takeTurn(1);
  await claimStale(connection.db, portalId, 1, 60_000);
  await readRipeness(connection.db, portalId, 1_000);
});
afterEach(() => sql`TRUNCATE dirty_accounts, stale_records`.execute(connection.db));
afterAll(async () => {
  await connection?.close();
  await database?.drop();
});

async function takeTurn(accounts: number): Promise<void> {
  await markDirty(connection.db, portalId, idsOf(accounts), priorities.live);
  const claims = await claimDirty(connection.db, portalId, accounts, 60_000);
  await connection.db.transaction().execute((trx) => settleDirty(trx, portalId, claims));
}

const idsOf = (count: number) => Array.from({ length: count }, (_, n) => String(n));

/** How many rows of both tables `work` looked at. */
async function rowsReadBy(work: (trx: Transaction<Schema>) => Promise<void>): Promise<number> {
  return connection.db.transaction().execute(async (trx) => {
    const before = await countRead(trx);
    await work(trx);
    return (await countRead(trx)) - before;
  });
}

async function countRead(trx: Transaction<Schema>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS n
    FROM pg_stat_xact_user_tables WHERE relname IN ('dirty_accounts', 'stale_records')`.execute(trx);
  return rows[0]?.n ?? 0;
}

describe("of thousands of accounts that wait, and with plans made while none did", () => {
  it("a claim looks at those that it takes, not at all", async () => {
    await markDirty(connection.db, portalId, idsOf(waiting), priorities.live);
    const read = await rowsReadBy(async (trx) => {
      expect(await claimDirty(trx, portalId, taken, 60_000)).toHaveLength(taken);
    });
    expect(read).toBeGreaterThanOrEqual(taken);
    expect(read).toBeLessThanOrEqual(3 * taken);
  });

  it("settling looks at the settled ones, not at all", async () => {
    await markDirty(connection.db, portalId, idsOf(waiting), priorities.live);
    const claims = await claimDirty(connection.db, portalId, taken, 60_000);
    const read = await rowsReadBy((trx) => settleDirty(trx, portalId, claims));
    expect(read).toBeGreaterThanOrEqual(taken);
    expect(read).toBeLessThanOrEqual(3 * taken);
  });

  it("settling ones that were marked again looks at them twice, not at all", async () => {
    await markDirty(connection.db, portalId, idsOf(waiting), priorities.live);
    const claims = await claimDirty(connection.db, portalId, taken, 60_000);
    await markDirty(
      connection.db,
      portalId,
      [...claims].slice(0, 3).map(({ accountId }) => accountId),
      priorities.live,
    );
    const read = await rowsReadBy((trx) => settleDirty(trx, portalId, claims));
    expect(read).toBeLessThanOrEqual(5 * taken);
    const again = await claimDirty(connection.db, portalId, waiting, 60_000);
    expect(again.filter(({ version }) => version === 2)).toHaveLength(3);
    expect(again).toHaveLength(waiting - taken + 3);
  });

  it("a mark looks at what it marks, not at all", async () => {
    await markDirty(connection.db, portalId, idsOf(waiting), priorities.live);
    expect(await rowsReadBy((trx) => markDirty(trx, portalId, idsOf(taken), priorities.live))).toBeLessThanOrEqual(
      3 * taken,
    );
  });
});

describe("of thousands of records that wait, and with plans made while none did", () => {
  const mark = (priority: Priority, objectType = "contacts", needs = 1) =>
    markStale(
      connection.db,
      portalId,
      idsOf(waiting).map((objectId) => ({ objectType, objectId, needs })),
      priority,
    );
  const claimReads = async (claimable?: Claimable) => {
    let claims: StaleRecord[] = [];
    const read = await rowsReadBy(async (trx) => {
      claims = await claimStale(trx, portalId, taken, 60_000, claimable);
    });
    return { claims, read };
  };

  it.each([
    ["live ones", priorities.live, "contacts", 1],
    ["those of a backfill", priorities.backfill, "contacts", 1],
    ["people to erase", priorities.live, "contacts", 4],
  ] as const)("a claim of %s looks at those that it takes, not at all", async (_name, priority, type, needs) => {
    await mark(priority, type, needs);
    for (const round of [1, 2]) {
      const { claims, read } = await claimReads();
      expect(claims).toHaveLength(taken);
      expect(read).toBeLessThanOrEqual((2 + 2 * round) * taken);
    }
  });

  it("a claim of another type looks at those that it takes", async () => {
    await mark(priorities.reconcile);
    await markStale(connection.db, portalId, [{ objectType: "deals", objectId: "1", needs: 1 }], priorities.live);
    const { claims, read } = await claimReads();
    expect(claims.map(({ objectType }) => objectType)).toEqual(["deals"]);
    expect(read).toBeLessThanOrEqual(3 * taken);
  });

  it("nothing that may be claimed is found by looking at little", async () => {
    await mark(priorities.live);
    const { claims, read } = await claimReads({ liveUntil: "2020-01-01" });
    expect(claims).toEqual([]);
    expect(read).toBeLessThanOrEqual(taken);
  });

  it("how ripe they are is told by the first of them", async () => {
    await mark(priorities.live);
    expect(await rowsReadBy(async (trx) => void (await readRipeness(trx, portalId, 60_000)))).toBeLessThanOrEqual(
      taken,
    );
    expect((await readRipeness(connection.db, portalId, 60_000)).ripeInMs).toBeGreaterThan(0);
    await sql`TRUNCATE stale_records`.execute(connection.db);
    expect((await readRipeness(connection.db, portalId, 60_000)).ripeInMs).toBeNull();
  });
});
