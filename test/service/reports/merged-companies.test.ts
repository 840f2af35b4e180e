import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ReportKey, ReportSection } from "@touchstone/shared/reports-api.ts";
import { moveRecords } from "../../../server/db/merges.ts";
import { readTierDays } from "../../../server/db/tier-days.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const ago = (days: number) => now - days * dayMs;
const iso = (days: number) => new Date(ago(days)).toISOString();

describe("Reports of companies that were merged", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    const { company, linked, tierDay, signal } = reportRecords(ctx.db, portalId);
    // A becomes B, and B becomes C; D becomes C too. E stays what it is.
    for (const id of ["C", "E"]) await company(id, "tier_1");
    await linked("contacts", "c", "C");
    await tierDay("2026-08-24", "tier_1", ["A", "D", "E"]);
    await tierDay("2026-11-14", "tier_1", ["A", "E"]);
    await tierDay("2026-11-14", "tier_2", ["D"]);
    await linked("deals", "d1", "A", { createdate: iso(60), amount: "1000" });
    await linked("deals", "d2", "C", { createdate: iso(5), amount: "300" });
    await signal({ person: "c" }, "email_open", ago(9));
    await signal({ person: "c" }, "email_open", ago(70));
    await ctx.db.transaction().execute(async (trx) => {
      for (const [no, [from, to]] of [["A", "B"] as const, ["B", "C"] as const, ["D", "C"] as const].entries())
        await moveRecords(trx, portalId, "companies", new Map([[from, to]]), no + 2);
    });
  });
  afterAll(() => ctx.stop());

  it("name in each snapshot what the companies are now", async () => {
    const days = await readTierDays(ctx.db, portalId, ["2026-11-15"]);
    expect(
      days
        .toSorted((a, b) => a.tier.localeCompare(b.tier))
        .map(({ day, tier, accounts }) => [day, tier, accounts.toSorted()]),
    ).toEqual([
      ["2026-11-14", "tier_1", ["C", "E"]],
      ["2026-11-14", "tier_2", ["C"]],
    ]);
  });

  it("count the account once in its tier, with the deals of what it became (metric 6)", async () => {
    expect(await cell("pipeline", "top-tier", 1)).toEqual("1 of 2 (50 %)");
  });

  it("count deals made before and after the merge (metric 7)", async () => {
    const { rows } = await section("pipeline");
    expect(rows.find(({ key }) => key === "pipeline")?.cells[0]).toEqual({ value: "1,300", note: "2 deals" });
    expect(await cell("pipeline", "influenced")).toBe("2 of 2 (100 %)");
  });

  it("count it once in each week", async () => {
    expect((await section("reach")).chart?.points).toEqual([
      { x: "15 Nov 2026", y: 50, group: "" },
      { x: "22 Nov 2026", y: 0, group: "" },
    ]);
  });

  async function section(key: ReportKey): Promise<ReportSection> {
    const { section: found } = await askReport(ctx, portalId, key, {});
    if (found === null) throw new Error(`there is no section ${key}`);
    return found;
  }
  const cell = async (of: ReportKey, key: string, place = 0) =>
    (await section(of)).rows.find((one) => one.key === key)?.cells[place]?.value;
});
