import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { closedDeals } from "../../../server/db/closed-deals.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());

it("Closed deals are found by their index, which says of closed what the query says", async () => {
  const query = closedDeals(portalId, { from: 0, to: 1_000, most: 10 });
  const plan = await ctx.db.transaction().execute(async (trx) => {
    await sql`SET LOCAL enable_seqscan = off`.execute(trx);
    await sql`SET LOCAL enable_bitmapscan = off`.execute(trx);
    return sql<{ "QUERY PLAN": string }>`EXPLAIN (COSTS OFF) ${query}`.execute(trx);
  });
  const lines = plan.rows.map((row) => row["QUERY PLAN"]);
  const scan = lines.findIndex((line) => line.includes("using crm_records_closed_deals"));
  expect(scan).toBeGreaterThan(-1);
  // Whether a deal is closed is not asked again of each one.
  expect(lines.slice(scan).some((line) => line.includes("hs_is_closed"))).toBe(false);
});
