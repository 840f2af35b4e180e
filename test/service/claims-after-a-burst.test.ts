import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { claimDirty } from "../../server/db/dirty-accounts.ts";
import { claimStale } from "../../server/db/stale-records.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const portalId = asPortalId(4_242);
const rows = 80_000;

let database: TestDatabase;
/** When the database last counted, an earlier burst was over and nothing waited. Then everything changes at once again. */
beforeAll(async () => {
  database = await createTestDatabase();
  await markAll();
  await sql`DELETE FROM stale_records`.execute(database.db);
  await sql`DELETE FROM dirty_accounts`.execute(database.db);
  await sql`ANALYZE stale_records, dirty_accounts`.execute(database.db);
  await markAll();
});
afterAll(() => database?.drop());

async function markAll(): Promise<void> {
  await sql`
    INSERT INTO stale_records (portal_id, object_type, object_id, needs)
    SELECT ${portalId}::bigint, 'contacts', n::text, 1 FROM generate_series(1, ${rows}::int) n`.execute(database.db);
  await sql`
    INSERT INTO dirty_accounts (portal_id, account_id, priority)
    SELECT ${portalId}::bigint, n::text, 0 FROM generate_series(1, ${rows}::int) n`.execute(database.db);
}

describe("a claim, moments after a burst, from tables that were counted when they were empty", () => {
  it("takes as many stale records as it asked for", async () => {
    expect(await claimStale(database.db, portalId, 500, 60_000)).toHaveLength(500);
  });

  it("takes as many dirty accounts", async () => {
    expect(await claimDirty(database.db, portalId, 500, 60_000)).toHaveLength(500);
  });
});
