import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { type ReportKey, type ReportRow, type ReportSection, reportKeys } from "@touchstone/shared/reports-api.ts";
import { sql } from "kysely";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { fillProgramme } from "./fill-programme.ts";

const now = Date.UTC(2026, 10, 22, 12);
const period = "24 Aug 2026 to 22 Nov 2026 (UTC)";
const now12 = "As of 22 Nov 2026, 12:00 (UTC)";

describe("The reports of the programme", () => {
  let ctx: SmallContext;
  const sections = new Map<string, ReportSection>();
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    await fillProgramme(ctx.db, portalId, now);
    for (const key of reportKeys) {
      const { section } = await askReport(ctx, portalId, key, {});
      if (section !== null) sections.set(key, section);
    }
  });
  afterAll(() => ctx.stop());

  it("say which period and tiers they are about", () => {
    expect([...sections.values()].map(({ when }) => when)).toEqual([
      period,
      period,
      now12,
      now12,
      now12,
      now12,
      period,
      period,
      period,
    ]);
    expect(section("reach").columns).toEqual(["All tiers", "Tier 1", "Tier 2", "Tier 3"]);
  });

  it("count who was reached, engaged, answered, is neglected and silent, by tier (metrics 1, 2, 3, 16, 19)", () => {
    expect(values("reach", "reach")).toEqual(["4 of 5 (80 %)", "2 of 2 (100 %)", "2 of 3 (66.7 %)", "n/a (0 of 0)"]);
    expect(values("reach", "engaged")).toEqual(["2 of 5 (40 %)", "2 of 2 (100 %)", "0 of 3 (0 %)", "n/a (0 of 0)"]);
    expect(values("reach", "engaged-multi").slice(0, 2)).toEqual(["1 of 5 (20 %)", "1 of 2 (50 %)"]);
    expect(values("reach", "answered").slice(0, 3)).toEqual(["1 of 4 (25 %)", "1 of 2 (50 %)", "0 of 2 (0 %)"]);
    expect(values("reach", "neglected").slice(0, 3)).toEqual(["3 of 5 (60 %)", "1 of 2 (50 %)", "2 of 3 (66.7 %)"]);
    expect(values("reach", "stale").slice(0, 3)).toEqual(["1 of 5 (20 %)", "0 of 2 (0 %)", "1 of 3 (33.3 %)"]);
  });

  it("give each share its 95 % Wilson interval, and say when it is of few", () => {
    expect(row("reach", "engaged").cells.map(({ note }) => note)).toEqual([
      "95 % interval 12–77 %, fewer than 30",
      "95 % interval 34–100 %, fewer than 30",
      "95 % interval 0–56 %, fewer than 30",
      "",
    ]);
  });

  it("count each week by those who were in a tier when it ended, whatever became of them", () => {
    expect(section("reach").chart?.points).toEqual([
      { x: "8 Nov 2026", y: 50, group: "" },
      { x: "15 Nov 2026", y: 50, group: "" },
      { x: "22 Nov 2026", y: 20, group: "" },
    ]);
  });

  it("count clocks by how they ended, without those that run, and the time until somebody reached out (metric 11)", () => {
    expect(["met", "late", "missed", "excused"].map((key) => values("follow-up", key)[0])).toEqual([
      "1 of 3 (33.3 %)",
      "1 of 3 (33.3 %)",
      "1 of 3 (33.3 %)",
      "1 of 4 (25 %)",
    ]);
    expect(row("follow-up", "hours").cells).toEqual([
      { value: "median 5 h", note: "nine of ten within 34 h, 2 reached" },
    ]);
    const points = section("follow-up").chart?.points ?? [];
    expect(points.filter(({ y }) => y > 0)).toEqual([
      { x: "25 Oct 2026", y: 1, group: "Too late" },
      { x: "15 Nov 2026", y: 1, group: "In time" },
      { x: "22 Nov 2026", y: 1, group: "Not reached" },
    ]);
  });

  it("count covered roles at the depth of each tier, without those who cannot be reached (metric 4)", () => {
    expect(row("committees", "coverage").cells.slice(0, 3)).toEqual([
      { value: "36 %", note: "9 of 25 roles, 5 accounts" },
      { value: "20 %", note: "2 of 10 roles, 2 accounts" },
      { value: "47 %", note: "7 of 15 roles, 3 accounts" },
    ]);
    expect(values("committees", "complete").slice(0, 3)).toEqual(["1 of 5 (20 %)", "0 of 2 (0 %)", "1 of 3 (33.3 %)"]);
  });

  it("show the funnel of stages, and who has stood too long", () => {
    const keys = ["interest", "consideration", "decision", "expansion"].map((key) => `reached-${key}`);
    expect(keys.map((key) => values("stages", key)[0])).toEqual([
      "4 of 5 (80 %)",
      "2 of 5 (40 %)",
      "1 of 5 (20 %)",
      "0 of 5 (0 %)",
    ]);
    expect(row("stages", "reached-interest").definition).toContain("somebody opens an email or visits the website");
    expect(values("stages", "stuck").slice(0, 3)).toEqual(["1 of 4 (25 %)", "1 of 2 (50 %)", "0 of 2 (0 %)"]);
    expect(section("stages").chart?.points.filter(({ y }) => y > 0)).toEqual([
      { x: "Awareness", y: 1, group: "Tier 2" },
      { x: "Interest", y: 1, group: "Tier 1" },
      { x: "Interest", y: 1, group: "Tier 2" },
      { x: "Consideration", y: 1, group: "Tier 2" },
      { x: "Decision", y: 1, group: "Tier 1" },
    ]);
  });

  it("say whether the list holds, by the spot check and by sales (metric 16)", () => {
    expect([values("list", "valid")[0], values("list", "kept")[0]]).toEqual(["1 of 3 (33.3 %)", "2 of 3 (66.7 %)"]);
    expect(row("list", "valid").definition).toContain("of the 4 that were drawn on 16 Nov 2026 with the seed spring");
  });

  it("say what each play engaged", () => {
    const [play] = section("plays").rows;
    expect([play?.label, play?.definition]).toEqual(["Autumn wave", "Tier 2, launched on 10 Nov 2026, running."]);
    expect(play?.cells.map(({ value }) => value)).toEqual(["1 of 2 (50 %)", "0 of 2 (0 %)", "0 of 1 (0 %)"]);
  });

  it("follow accounts of the first tier as it was when the period began (metric 6)", () => {
    expect(values("pipeline", "top-tier")).toEqual(["–", "1 of 2 (50 %)", "–", "–"]);
  });

  it("sum deals that were made while their account was in a tier, and say how many somebody engaged for (metric 7)", () => {
    expect(row("pipeline", "pipeline").cells).toEqual([
      { value: "1,500 EUR", note: "2 deals" },
      { value: "1,500 EUR", note: "2 deals" },
      { value: "0 EUR", note: "0 deals" },
      { value: "0 EUR", note: "0 deals" },
    ]);
    expect(row("pipeline", "influenced").cells.slice(1, 3)).toEqual([
      { value: "1 of 2 (50 %)", note: "500 EUR of 1,500 EUR; 95 % interval 9–91 %, fewer than 30" },
      { value: "n/a (0 of 0)", note: "" },
    ]);
  });

  it("say how long the first touch was before a deal, and how much comes from few accounts (metrics 15 and 20)", () => {
    // Met 35 days ago with a deal 30 days ago, 19 and 10: 5 and 9 days.
    expect(row("pipeline", "first-touch").cells.slice(0, 3)).toEqual([
      { value: "median 7 days", note: "2 of 2 deals" },
      { value: "median 7 days", note: "2 of 2 deals" },
      { value: "n/a (0 of 0)", note: "" },
    ]);
    // A fifth of four accounts is one.
    expect(row("pipeline", "concentration").cells[0]).toEqual({
      value: "66.7 %",
      note: "1,000 EUR of 1,500 EUR, by 1 of 4 accounts",
    });
  });

  it("count meetings that were booked, each once, and how many of them were held (metric 12)", () => {
    expect(values("pipeline", "meetings")).toEqual(["4", "3", "1", "0"]);
    expect(values("pipeline", "held")).toEqual(["2 of 4 (50 %)", "1 of 3 (33.3 %)", "1 of 1 (100 %)", "n/a (0 of 0)"]);
    expect(row("pipeline", "held").cells[0]?.note).toBe(
      "2 of 3 whose time has come; 95 % interval 15–85 %, fewer than 30",
    );
  });

  it("show both sides of the return (metric 17)", () => {
    expect(row("pipeline", "roi").cells[0]).toEqual({
      value: "50 %",
      note: "revenue 3,000 EUR of 1 deal, cost 2,000 EUR",
    });
  });

  it("name accounts, people, deals and money, and no volume of clicks, impressions or leads (row 139)", () => {
    const labels = [...sections.values()].flatMap(({ rows, chart }) => [
      chart?.title ?? "",
      ...rows.map(({ label }) => label),
    ]);
    expect(labels.length).toBeGreaterThan(20);
    expect(labels.filter((label) => /click|impression|lead|\bMQL|\bopens?\b|views?/i.test(label))).toEqual([]);
  });

  it("leave out what needs the tiers of a day that nobody kept, and say from when they are kept", async () => {
    const half = (await askReport(ctx, portalId, "pipeline", { days: "180" })).section;
    expect(half?.when).toBe("26 May 2026 to 22 Nov 2026 (UTC)");
    expect(half?.rows.map(({ key }) => key)).toEqual(["meetings", "held", "revenue", "revenue-before", "roi"]);
    expect(half?.notes.at(-1)).toContain("They are kept since 24 Aug 2026.");
    expect(section("pipeline").notes).toEqual([expect.stringContaining("does not show that the programme did it")]);
  });

  it("count only what happened in a shorter period", async () => {
    const month = (await askReport(ctx, portalId, "reach", { days: "30" })).section;
    expect(month?.rows.find(({ key }) => key === "engaged")?.cells[0]?.value).toBe("1 of 5 (20 %)");
  });

  it("say what is missing when no account is in a tier, and divide by nothing", async () => {
    const other = asPortalId(4_243);
    await ctx.install(other);
    const ask = (key: ReportKey) => askReport(ctx, other, key, {});
    expect((await ask("reach")).empty?.title).toBe("No account is in a tier yet");
    const views = await Promise.all(reportKeys.map(ask));
    const said = reportKeys.filter((_, index) => views[index]?.section !== null);
    expect(said).toEqual(["follow-up", "pipeline"]);
    const rows = views.flatMap((one) => one.section?.rows ?? []);
    const values = rows.flatMap(({ cells }) => cells.map(({ value }) => value));
    // Sums of nothing are 0; a share, a middle or a return of nothing is not.
    expect(values.filter((value) => value.startsWith("n/a"))).toHaveLength(7);
    expect(new Set(values.filter((value) => !value.startsWith("n/a")))).toEqual(new Set(["0", "–"]));
    expect(views.flatMap((one) => one.section?.chart ?? [])).toEqual([]);
  });

  it("refuse another period in words", async () => {
    await expect(askReport(ctx, portalId, "list", { days: "7" })).rejects.toThrow(
      "A period is one of 30, 90, 180 days.",
    );
  });

  it("name the accounts that they do not count", async () => {
    await sql`
      INSERT INTO tier_members (portal_id, account_id, tier, since, by_override, reason, told)
      SELECT ${portalId}, 'many' || n, 'tier_3', 0, false, '', true FROM generate_series(1, 2000) n`.execute(ctx.db);
    const many = (await askReport(ctx, portalId, "reach", {})).section;
    expect(many?.notes[0]).toBe("Counted are 2000 of 2005 accounts in a tier, the first tiers first.");
    expect(many?.rows[0]?.cells[3]?.value).toBe("0 of 1995 (0 %)");
  });

  function section(key: string): ReportSection {
    const found = sections.get(key);
    if (found === undefined) throw new Error(`there is no section ${key}`);
    return found;
  }
  function row(of: string, key: string): ReportRow {
    const found = section(of).rows.find((one) => one.key === key);
    if (found === undefined) throw new Error(`${of} has no row ${key}`);
    return found;
  }
  const values = (of: string, key: string) => row(of, key).cells.map(({ value }) => value);
});
