import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { pauseRequests, takeRequest } from "../../server/db/budgets.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
afterEach(() => database.db.deleteFrom("request_budgets").execute());
const portalId = asPortalId(4_242);
const take = (kind: "general" | "search", live: boolean, portal = portalId) =>
  takeRequest(database.db, portal, kind, live);
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
        const wait = await take("search", true);
        if (wait === 0) granted.push(performance.now());
        else await sleep(Math.min(wait, 200));
      }
    };
    await Promise.all(Array.from({ length: 8 }, taker));
    expect(densest(granted, 1_000)).toBeLessThanOrEqual(4);
    // Four per 1.1 s: a budget that only waits would be safe too.
    expect(granted.length).toBeGreaterThanOrEqual(14);
  });

  it("tells how long to wait: not before then is there another, and then there is", async () => {
    for (const _ of [1, 2, 3, 4]) expect(await take("search", true)).toBe(0);
    const wait = await take("search", true);
    expect(wait).toBeGreaterThanOrEqual(50);
    expect(wait).toBeLessThanOrEqual(1_100);
    await sleep(wait + 20);
    expect(await take("search", true)).toBe(0);
  });

  it("keeps one request for live work", async () => {
    for (const _ of [1, 2, 3]) expect(await take("search", false)).toBe(0);
    expect(await take("search", false)).toBeGreaterThan(0);
    expect(await take("search", true)).toBe(0);
    expect(await take("search", true)).toBeGreaterThan(0);
  });
});

describe("the general budget", () => {
  it("gives 105 in ten seconds, of which background work may have 90, whatever is asked at once", async () => {
    const background = await Promise.all(Array.from({ length: 200 }, () => take("general", false)));
    expect(background.filter((wait) => wait === 0)).toHaveLength(90);
    const live = await Promise.all(Array.from({ length: 50 }, () => take("general", true)));
    expect(live.filter((wait) => wait === 0)).toHaveLength(15);
    for (const wait of [...background, ...live]) expect(wait).toBeLessThanOrEqual(10_300);
  });

  it("is each portal's own, and each kind's", async () => {
    for (const _ of [1, 2, 3, 4]) await take("search", true);
    expect(await take("search", true)).toBeGreaterThan(0);
    expect(await take("search", true, asPortalId(1))).toBe(0);
    expect(await take("general", true)).toBe(0);
  });

  it("keeps no more grants than the window holds", async () => {
    await Promise.all(Array.from({ length: 300 }, () => take("general", true)));
    const row = await database.db.selectFrom("request_budgets").select("grants").executeTakeFirstOrThrow();
    expect(row.grants).toHaveLength(105);
  });
});

describe("a pause", () => {
  it("lets nothing of its kind through, for anybody, until it is over", async () => {
    await pauseRequests(database.db, portalId, "general", 300, "a test");
    const wait = await take("general", true);
    expect(wait).toBeGreaterThan(150);
    expect(wait).toBeLessThanOrEqual(300);
    expect(await take("search", true)).toBe(0);
    expect(await take("general", true, asPortalId(1))).toBe(0);
    await sleep(wait + 20);
    expect(await take("general", true)).toBe(0);
  });

  it("is never made shorter by another one", async () => {
    await pauseRequests(database.db, portalId, "general", 60_000, "the day's limit");
    await pauseRequests(database.db, portalId, "general", 100, "ten seconds");
    expect(await take("general", true)).toBeGreaterThan(50_000);
  });

  it("of a fraction of a millisecond is one", async () => {
    await pauseRequests(database.db, portalId, "general", 0.4, "a test");
    await sleep(5);
    expect(await take("general", true)).toBe(0);
  });
});
