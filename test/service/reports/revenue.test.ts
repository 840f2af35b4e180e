import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { saveCost } from "../../../server/db/programme-costs.ts";
import { getRoi } from "../../../server/reports/get-roi.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const ago = (days: number) => now - days * dayMs;
const iso = (days: number) => new Date(ago(days)).toISOString();

describe("The revenue of the programme (metric 17)", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    const { linked, tierDay } = reportRecords(ctx.db, portalId);
    await sql`
      INSERT INTO target_accounts (portal_id, account_id, sources, added_by, added_at)
      SELECT ${portalId}::bigint, id, '{sales}', '77', ${ago(60)}::bigint FROM unnest('{a,b}'::text[]) AS t(id)`.execute(
      ctx.db,
    );
    const win = (id: string, account: string, made: number, closed: number, amount: string) =>
      linked("deals", id, account, {
        createdate: iso(made),
        closedate: iso(closed),
        dealstage: "closedwon",
        amount,
      });
    await tierDay("2026-10-13", "tier_1", ["a"]);
    await tierDay("2026-10-13", "tier_2", ["b"]);
    await win("made in the moment of joining", "a", 60, 5, "50");
    await win("made in tier 1", "a", 40, 5, "300");
    await win("made in tier 2", "b", 40, 5, "2000");
    // Was there before the account was on the list: never of the programme.
    await win("made before", "a", 61, 5, "9000");
    await win("made long before", "b", 300, 5, "1000");
    await win("of another account", "c", 40, 5, "7777");
    await saveCost(ctx.db, portalId, {
      costId: "tools",
      kind: "technology",
      what: "Tools",
      amount: 1_000,
      at: ago(10),
      by: "77",
    });
  });
  afterAll(() => ctx?.stop());

  it("leaves out deals that were there before their account came onto the list, and shows them beside", async () => {
    const view = await getRoi(ctx, portalId, {});
    expect(view).toMatchObject({ revenue: 2_350, deals: 3, cost: 1_000, roiPercent: 135 });
    expect(view.before).toEqual({ revenue: 10_000, deals: 2 });
  });

  it("is told by the tier of the day on which the deal was made", async () => {
    const { byTier } = await getRoi(ctx, portalId, {});
    expect([...byTier].sort((a, b) => a.revenue - b.revenue)).toEqual([
      { tier: null, revenue: 50, deals: 1 },
      { tier: "tier_1", revenue: 300, deals: 1 },
      { tier: "tier_2", revenue: 2_000, deals: 1 },
    ]);
    const rows = (await askReport(ctx, portalId, "pipeline")).section?.rows ?? [];
    const values = (key: string) => rows.find((row) => row.key === key)?.cells.map(({ value }) => value);
    expect(values("revenue")).toEqual(["2,350", "300", "2,000", "0"]);
    expect(values("revenue-before")).toEqual(["10,000", "–", "–", "–"]);
    expect(values("roi")).toEqual(["135 %", "–", "–", "–"]);
  });
});
