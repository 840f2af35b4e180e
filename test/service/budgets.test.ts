import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { classes, pauseRequests, type RequestClass, readBudgetUse, takeRequests } from "../../server/db/budgets.ts";
import { takeInTurn } from "../../server/hubspot/take-in-turn.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { untilLockWaits } from "../support/until-lock-waits.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
afterEach(() => database.db.deleteFrom("request_budgets").execute());
const portalId = asPortalId(4_242);
const take = (kind: "general" | "search", by: RequestClass, n = 1, portal = portalId) =>
  takeRequests(database.db, portal, kind, n, by);
/** How many of `tries` takes of `n` were granted, asked one after the other. */
async function grantsOf(by: RequestClass, tries: number, n = 1): Promise<number> {
  let granted = 0;
  for (let one = 0; one < tries; one += 1) if ((await take("general", by, n)) === 0) granted += 1;
  return granted;
}
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The most requests that began within any `windowMs`. */
function densest(times: readonly number[], windowMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.max(...sorted.map((from) => sorted.filter((at) => at >= from && at < from + windowMs).length));
}

describe("the search budget", () => {
  it("never lets more than HubSpot's five through in any second, with eight takers at once", async () => {
    const granted: number[] = [];
    const endAt = performance.now() + 4_500;
    const taker = async () => {
      while (performance.now() < endAt) {
        const wait = await take("search", "backfill");
        if (wait === 0) granted.push(performance.now());
        else await sleep(Math.min(wait, 200));
      }
    };
    await Promise.all(Array.from({ length: 8 }, taker));
    expect(densest(granted, 1_000)).toBeLessThanOrEqual(5);
    // Three per 1.1 s for background work: a budget that only waits would be safe too.
    expect(granted.length).toBeGreaterThanOrEqual(10);
  });

  it("tells how long to wait: not before then is there another, and then there is", async () => {
    for (const _ of [1, 2, 3]) expect(await take("search", "webhook")).toBe(0);
    const wait = await take("search", "webhook");
    expect(wait).toBeGreaterThanOrEqual(20);
    expect(wait).toBeLessThanOrEqual(1_100);
    await sleep(wait + 20);
    expect(await take("search", "webhook")).toBe(0);
  });

  it("keeps one request for live work, and leaves one to the backfill", async () => {
    for (const _ of [1, 2, 3]) expect(await take("search", "backfill")).toBe(0);
    expect(await take("search", "backfill")).toBeGreaterThan(0);
    expect(await take("search", "webhook")).toBe(0);
    expect(await take("search", "webhook")).toBeGreaterThan(0);
    await database.db.deleteFrom("request_budgets").execute();
    for (const _ of [1, 2, 3]) expect(await take("search", "webhook")).toBe(0);
    expect(await take("search", "webhook")).toBeGreaterThan(0);
    expect(await take("search", "backfill")).toBe(0);
  });
});

describe("the general budget", () => {
  it("keeps some of ten seconds for each higher class, whatever is asked at once", async () => {
    const all = async (by: RequestClass, n: number) =>
      (await Promise.all(Array.from({ length: n }, () => take("general", by)))).filter((wait) => wait === 0).length;
    expect(await all("backfill", 200)).toBe(97);
    expect(await all("reconcile", 50)).toBe(1);
    expect(await all("due", 50)).toBe(1);
    expect(await all("webhook", 50)).toBe(7);
    expect(await all("card", 50)).toBe(2);
    const waits = await Promise.all(Array.from({ length: 20 }, () => take("general", "backfill")));
    for (const wait of waits) expect(wait).toBeLessThanOrEqual(10_200);
  });

  it("leaves something to every class, however much the higher ones want", async () => {
    expect(await grantsOf("card", 200)).toBe(104);
    expect(await grantsOf("webhook", 20)).toBe(0);
    for (const [by, floor] of [
      ["backfill", 2],
      ["reconcile", 1],
      ["due", 1],
    ] as const)
      expect(await grantsOf(by, 20)).toBe(floor);
  });

  it("gives several at once or none", async () => {
    expect(await grantsOf("backfill", 40, 5)).toBe(19);
    expect(await grantsOf("backfill", 5)).toBe(2);
    await expect(take("general", "card", 0)).rejects.toThrow(RangeError);
    await expect(take("general", "card", 11)).rejects.toThrow(RangeError);
  });

  it("tells how it stands: what live work could have at once, and what it has had", async () => {
    expect(await readBudgetUse(database.db, portalId)).toEqual({ free: 106, live: 0, limit: 106, pausedMs: 0 });
    await grantsOf("backfill", 30);
    await grantsOf("webhook", 10);
    expect(await readBudgetUse(database.db, portalId)).toEqual({ free: 66, live: 10, limit: 106, pausedMs: 0 });
    await pauseRequests(database.db, portalId, "general", 60_000, "a test");
    expect((await readBudgetUse(database.db, portalId)).pausedMs).toBeGreaterThan(50_000);
  });

  it("is each portal's own, and each kind's", async () => {
    for (const _ of [1, 2, 3]) await take("search", "webhook");
    expect(await take("search", "webhook")).toBeGreaterThan(0);
    expect(await take("search", "webhook", 1, asPortalId(1))).toBe(0);
    expect(await take("general", "card")).toBe(0);
  });

  it("counts a request from when it was granted, not from when it was asked for: others may have held the row", async () => {
    await take("general", "webhook");
    const { asked, freeAt } = await database.db.transaction().execute(async (trx) => {
      await trx.selectFrom("request_budgets").select("kind").forUpdate().execute();
      const asked = take("general", "webhook");
      await untilLockWaits(database.db);
      await sleep(5);
      const { rows } = await sql<{
        at: number;
      }>`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS at`.execute(trx);
      return { asked, freeAt: rows[0]?.at ?? Number.NaN };
    });
    expect(await asked).toBe(0);
    const row = await database.db.selectFrom("request_budgets").select("grants").executeTakeFirstOrThrow();
    expect(Math.floor(Number(row.grants[1]) / 8)).toBeGreaterThanOrEqual(freeAt);
  });

  it("keeps no more grants than the window holds", async () => {
    await Promise.all(Array.from({ length: 300 }, () => take("general", "card")));
    const row = await database.db.selectFrom("request_budgets").select("grants").executeTakeFirstOrThrow();
    expect(row.grants).toHaveLength(104);
  });
});

describe("many lanes of one process", () => {
  it("have one statement at the row between them, and somebody at a card is next", async () => {
    const inTurn = takeInTurn((portal, kind, n, by) => takeRequests(database.db, portal, kind, n, by), classes);
    const answered: RequestClass[] = [];
    const ask = async (by: RequestClass) => {
      expect(await inTurn(portalId, "general", 1, by)).toBe(0);
      answered.push(by);
    };
    await ask("backfill");
    const all = await database.db.transaction().execute(async (trx) => {
      await trx.selectFrom("request_budgets").select("kind").forUpdate().execute();
      const asking = [...Array.from({ length: 40 }, () => "backfill" as const), "card" as const].map(ask);
      expect(await untilLockWaits(database.db)).toBe(1);
      return asking;
    });
    await Promise.all(all);
    expect(answered.indexOf("card")).toBe(2);
    expect(answered).toHaveLength(42);
  });
});

describe("a pause", () => {
  it("lets nothing of its kind through, for anybody, until it is over", async () => {
    await pauseRequests(database.db, portalId, "general", 300, "a test");
    const wait = await take("general", "card");
    expect(wait).toBeGreaterThan(150);
    expect(wait).toBeLessThanOrEqual(300);
    expect(await take("search", "webhook")).toBe(0);
    expect(await take("general", "card", 1, asPortalId(1))).toBe(0);
    await sleep(wait + 20);
    expect(await take("general", "card")).toBe(0);
  });

  it("is never made shorter by another one, and keeps its reason", async () => {
    await pauseRequests(database.db, portalId, "general", 60_000, "the day's limit");
    await pauseRequests(database.db, portalId, "general", 100, "ten seconds");
    expect(await take("general", "card")).toBeGreaterThan(50_000);
    const row = await database.db.selectFrom("request_budgets").select("pause_reason").executeTakeFirstOrThrow();
    expect(row.pause_reason).toBe("the day's limit");
  });

  it("of a fraction of a millisecond is one", async () => {
    await pauseRequests(database.db, portalId, "general", 0.4, "a test");
    await sleep(5);
    expect(await take("general", "card")).toBe(0);
  });
});
