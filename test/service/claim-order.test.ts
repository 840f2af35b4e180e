import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { claimDirty, markDirty, priorities } from "../../server/db/dirty-accounts.ts";
import { needs } from "../../server/db/inbox.ts";
import { claimStale, markStale } from "../../server/db/stale-records.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
afterEach(async () => {
  await sql`TRUNCATE stale_records, dirty_accounts`.execute(database.db);
});
const portalId = asPortalId(4_242);
const leaseMs = 60_000;
const accounts = async (limit: number) =>
  (await claimDirty(database.db, portalId, limit, leaseMs)).map(({ accountId }) => accountId);

describe("who goes first", () => {
  it("is an account with a live change, then one whose time has come, then the backfill", async () => {
    await markDirty(database.db, portalId, ["3"], priorities.backfill);
    await markDirty(database.db, portalId, ["2"], priorities.due);
    await markDirty(database.db, portalId, ["1"], priorities.live);
    for (const id of ["1", "2", "3"]) expect(await accounts(1)).toEqual([id]);
  });

  it("is an account of a backfill too, once something happens to it", async () => {
    await markDirty(database.db, portalId, ["1", "2"], priorities.backfill);
    await markDirty(database.db, portalId, ["2"], priorities.live);
    expect(await accounts(1)).toEqual(["2"]);
  });

  it("is a person to erase, before any record that waited longer", async () => {
    await markStale(database.db, portalId, [{ objectType: "companies", objectId: "1", needs: needs.properties }]);
    await markStale(database.db, portalId, [{ objectType: "contacts", objectId: "2", needs: needs.erasure }]);
    expect(await claimStale(database.db, portalId, 10, leaseMs)).toMatchObject([
      { objectType: "contacts", objectId: "2" },
    ]);
  });

  it("is a record with a live change, before those that a backfill wants read again", async () => {
    const record = (objectId: string) => ({ objectType: "contacts", objectId, needs: needs.properties });
    await markStale(database.db, portalId, [record("1"), record("2")], priorities.backfill);
    await markStale(database.db, portalId, [{ ...record("3"), objectType: "companies" }]);
    await markStale(database.db, portalId, [record("2")]);
    expect((await claimStale(database.db, portalId, 10, leaseMs)).map((claim) => claim.objectId)).toEqual(["2"]);
    expect((await claimStale(database.db, portalId, 10, leaseMs)).map((claim) => claim.objectId)).toEqual(["3"]);
    expect(await claimStale(database.db, portalId, 10, leaseMs)).toMatchObject([
      { objectId: "1", priority: priorities.backfill },
    ]);
  });

  it("is never another portal's", async () => {
    await markDirty(database.db, asPortalId(1), ["1"], priorities.live);
    expect(await accounts(10)).toEqual([]);
  });
});
