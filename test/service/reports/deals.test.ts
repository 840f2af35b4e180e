import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { ReportSection } from "@touchstone/shared/reports-api.ts";
import { sql } from "kysely";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const iso = (days: number) => new Date(now - days * dayMs).toISOString();

describe("Deals of the programme against others (metrics 8, 9, 15 and 17b)", () => {
  let ctx: SmallContext;
  let section: ReportSection | null;
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    await sql`UPDATE portals SET currency = 'EUR' WHERE portal_id = ${portalId}`.execute(ctx.db);
    const { record, linked, tierDay } = reportRecords(ctx.db, portalId);
    const deal = (id: string, account: string, made: number, closed: number, won: boolean, amount = "") =>
      linked("deals", id, account, {
        createdate: iso(made),
        closedate: iso(closed),
        hs_is_closed: "true",
        hs_is_closed_won: String(won),
        amount,
      });
    const company = (id: string, people: string) => record("companies", id, { numberofemployees: people });
    // Left its tier since, and was called "old" when it was in one.
    await company("target", "100");
    await company("merged", "200");
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, properties, archived, merged_into, read_no)
      VALUES (${portalId}, 'companies', 'old', '{}', true, 'merged', 1)`.execute(ctx.db);
    await company("other", "249");
    await company("giant", "5000");
    // 60 days ago, told by the snapshot of four days before; 40 days ago; nothing of 80 days ago.
    await tierDay("2026-09-19", "tier_1", ["target", "old"]);
    await tierDay("2026-10-13", "tier_1", ["old"]);
    await deal("t1", "target", 60, 50, true, "1000");
    await deal("t2", "target", 60, 30, true, "3000");
    await deal("t3", "merged", 40, 35, false, "9000");
    await deal("t4", "merged", 60, 40, false);
    // In no tier any more when it was made.
    await deal("o1", "target", 40, 10, false);
    await deal("o2", "other", 60, 20, true, "500");
    await deal("o3", "other", 40, 30, false);
    // Of another size; of a day that nobody knows; before the period; without a company.
    await deal("x1", "giant", 40, 10, true, "90000");
    await deal("x2", "other", 80, 10, true, "90000");
    await deal("x3", "target", 100, 95, true, "1");
    await record("deals", "x4", { createdate: iso(40), closedate: iso(10), dealstage: "closedwon", amount: "90000" });
    section = (await askReport(ctx, portalId, "deals")).section;
  });
  afterAll(() => ctx?.stop());

  it("are those of accounts that were in a tier on the day on which the deal was made, wherever they are now", () => {
    expect(values("win-rate")).toEqual(["2 of 4 (50 %)", "1 of 3 (33.3 %)", "n/a"]);
    expect(row("win-rate")?.cells[2]?.note).toBe("fewer than 30 closed on a side");
  });

  it("have a size and a cycle in the middle, with the mean beside", () => {
    expect(row("size")?.cells?.slice(0, 2)).toEqual([
      { value: "median 2,000 EUR", note: "mean 2,000 EUR, of 2 deals, fewer than 30" },
      { value: "median 500 EUR", note: "mean 500 EUR, of 1 deal, fewer than 30" },
    ]);
    // 10 and 30 days; 40. 5 and 20 days; 30 and 10.
    expect(values("cycle-won")).toEqual(["median 20 days", "median 40 days", "n/a"]);
    expect(values("cycle-lost")).toEqual(["median 12.5 days", "median 20 days", "n/a"]);
  });

  it("bring so much a day of the cycle", () => {
    // 2 won × 2,000 ÷ 16.25 days; 1 × 500 ÷ 26.67 days.
    expect(row("velocity")?.cells[0]).toEqual({ value: "246 EUR a day", note: "4 × 50 % × 2,000 EUR ÷ 16.3 days" });
    expect(values("velocity")?.[1]).toBe("19 EUR a day");
  });

  it("are again of an account that had won before, also before the period", () => {
    expect(values("expansion")).toEqual(["2 of 2 (100 %)", "0 of 1 (0 %)", "–"]);
  });

  it("say what they leave out", () => {
    expect(section?.notes.at(-2)).toBe("1 deal left out: with no company.");
    expect(section?.notes.at(-1)).toBe(
      "1 deal left out: the tiers of the day on which they were made are not known. They are kept since 19 Sept 2026.",
    );
    expect(section?.notes[0]).toContain("does not show that the programme did it");
  });

  it("are of nothing in a portal without a closed deal, and n/a where a side has none", async () => {
    const other = asPortalId(4_243);
    await ctx.install(other);
    expect((await askReport(ctx, other, "deals")).section).toBeNull();
    const { linked } = reportRecords(ctx.db, other);
    await linked("deals", "d", "c", { createdate: iso(5), closedate: iso(1), hs_is_closed: "true" });
    const none = (await askReport(ctx, other, "deals")).section;
    const said = none?.rows.flatMap(({ cells }) => cells.slice(0, 2).map(({ value }) => value)) ?? [];
    expect(said).toHaveLength(12);
    expect(said.every((value) => value.startsWith("n/a"))).toBe(true);
    expect(none?.notes.at(-1)).toContain("1 deal left out");
  });

  const row = (key: string) => section?.rows.find((one) => one.key === key);
  const values = (key: string) => row(key)?.cells.map(({ value }) => value);
});
