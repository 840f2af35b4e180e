import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { priorities } from "../../server/db/dirty-accounts.ts";
import { needs } from "../../server/db/inbox.ts";
import { claimStale, markStale, readRipeness, settleStale } from "../../server/db/stale-records.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
afterEach(() => database.db.deleteFrom("stale_records").execute());
const portalId = asPortalId(4_242);
const leaseMs = 60_000;

describe("changes that gather", () => {
  const record = { objectType: "contacts", objectId: "1", needs: needs.properties };
  const olderBy = (ms: number) =>
    sql`UPDATE stale_records SET marked_at = marked_at - ${ms} * interval '1 millisecond'`.execute(database.db);

  it("are ripe when the first of them has waited for the window, however often it was marked since", async () => {
    expect((await readRipeness(database.db, portalId, 60_000)).ripeInMs).toBeNull();
    await markStale(database.db, portalId, [record]);
    expect((await readRipeness(database.db, portalId, 60_000)).ripeInMs).toBeGreaterThan(50_000);
    await olderBy(60_000);
    await markStale(database.db, portalId, [record]);
    expect((await readRipeness(database.db, portalId, 60_000)).ripeInMs).toBe(0);
  });

  it("are given out up to a moment; a person to erase and background reads never wait for it", async () => {
    await markStale(database.db, portalId, [record]);
    const { now } = await readRipeness(database.db, portalId, 0);
    await markStale(database.db, portalId, [{ ...record, objectId: "2" }]);
    await markStale(database.db, portalId, [{ ...record, objectId: "3" }], priorities.reconcile);
    await markStale(database.db, portalId, [{ ...record, objectId: "4", needs: needs.erasure }]);
    const claim = async (claimable: Parameters<typeof claimStale>[4]) =>
      (await claimStale(database.db, portalId, 1, leaseMs, claimable)).map((one) => one.objectId);
    expect(await claim("erasures")).toEqual(["4"]);
    expect(await claim("erasures")).toEqual([]);
    expect(await claim({ liveUntil: "-infinity" })).toEqual(["3"]);
    expect(await claim({ liveUntil: now })).toEqual(["1"]);
    expect(await claim({ liveUntil: now })).toEqual([]);
    expect(await claim("everything")).toEqual(["2"]);
  });

  it("gather anew when one was marked again while it was read", async () => {
    await markStale(database.db, portalId, [record]);
    await olderBy(60_000);
    const claims = await claimStale(database.db, portalId, 10, leaseMs);
    await markStale(database.db, portalId, [record]);
    await database.db.transaction().execute((trx) => settleStale(trx, portalId, claims));
    expect((await readRipeness(database.db, portalId, 60_000)).ripeInMs).toBeGreaterThan(50_000);
  });
});
