import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { loadBatch } from "../../server/accounts/load-batch.ts";
import { accountsOf } from "../../server/db/records.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

/** More than a statement of PostgreSQL takes parameters. */
const people = 66_000;

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await sql`
    INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
    SELECT ${portalId}::bigint, 'companies', '1001', '{"name":"Acme"}'::jsonb, 1
    UNION ALL SELECT ${portalId}, 'contacts', n::text, '{"jobtitle":"CTO"}', 1 FROM generate_series(1, ${people}::int) n`.execute(
    ctx.db,
  );
  await sql`
    INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
    SELECT portal_id, 'contacts', object_id, 'companies', '1001' FROM crm_records WHERE object_type = 'contacts'`.execute(
    ctx.db,
  );
});
afterAll(() => ctx?.stop());

describe("an account with tens of thousands of people", () => {
  it("is read whole", async () => {
    const accountId = asAccountId("1001");
    const snapshots = await loadBatch(ctx.db, portalId, [accountId], 0);
    expect(snapshots.get(accountId)?.().people).toHaveLength(people);
  });

  it("is found from its activities before the database has any statistics", async () => {
    await sql`
      INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
      SELECT ${portalId}::bigint, 'meetings', (n % 500)::text, 'contacts', n::text FROM generate_series(1, 1500) n`.execute(
      ctx.db,
    );
    const meetings = Array.from({ length: 500 }, (_, n) => String(n));
    expect(await accountsOf(ctx.db, portalId, "meetings", meetings)).toEqual(["1001"]);
  });
});
