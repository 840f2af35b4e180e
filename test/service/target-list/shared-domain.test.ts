import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { mostTargets } from "../../../server/db/target-accounts.ts";
import { readTargetList } from "../../../server/programme/target-list/read-target-list.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

/** What a screen may be answered (hubspot-api.md §3.7). */
const mostBytes = 1_000_000;

describe("A list of which every company has the same domain", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    const ids = Array.from({ length: mostTargets }, (_, index) => String(10_000_000_001 + index));
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, read_no, properties)
      SELECT ${portalId}::bigint, 'companies', id, 1, '{"name": "Holding", "domain": "www.holding.example"}' FROM unnest(${ids}::text[]) AS t(id)`.execute(
      ctx.db,
    );
    await sql`
      INSERT INTO target_accounts (portal_id, account_id, sources, added_by, added_at)
      SELECT ${portalId}::bigint, id, '{sales}', '77', 0 FROM unnest(${ids}::text[]) AS t(id)`.execute(ctx.db);
  });
  afterAll(() => ctx?.stop());

  it("says of each how many others there are, names a few, and stays small", async () => {
    const view = await readTargetList(ctx, portalId, null);
    expect(view.accounts).toHaveLength(100);
    expect(view.accounts[0]?.duplicates.count).toBe(mostTargets - 1);
    const few = ["10000000002", "10000000003", "10000000004", "10000000005", "10000000006"];
    expect(view.accounts[0]?.duplicates.companyIds).toEqual(few);
    expect(view.accounts[1]?.duplicates.companyIds).toEqual(["10000000001", ...few.slice(1)]);
    expect(JSON.stringify(view).length).toBeLessThan(mostBytes / 10);
  });
});
