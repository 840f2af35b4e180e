import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId, type PortalId } from "@touchstone/shared/ids.ts";
import type { ReportKey, ReportSection } from "@touchstone/shared/reports-api.ts";
import { sql } from "kysely";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const iso = (days: number) => new Date(now - days * dayMs).toISOString();
/** "0000" to "2002": one sorts after the other as it is counted. */
const idAt = (index: number) => String(index).padStart(4, "0");

describe("What the reports leave out", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    const { company, linked, tierDay, doneStep } = reportRecords(ctx.db, portalId);
    await company(idAt(0), "tier_1");
    const once = Array.from({ length: 2_003 }, (_, index) => idAt(index));
    await tierDay("2026-08-24", "tier_1", once);
    await tierDay("2026-11-15", "tier_1", once.slice(1));
    // The last that is counted, and the first that is not.
    await linked("deals", "d1", idAt(1_999), { createdate: iso(50), amount: "100" });
    await linked("deals", "d2", idAt(2_000), { createdate: iso(50), amount: "700" });
    for (let index = 0; index < 21; index += 1) await doneStep(idAt(0), "sales", now - (index + 1) * dayMs);
  });
  afterAll(() => ctx.stop());

  it("is said of accounts of the first tier and of deals, which are those of 2,000 accounts", async () => {
    const { rows, notes } = await section("pipeline");
    expect(rows.find(({ key }) => key === "top-tier")?.cells[1]?.value).toBe("1 of 2000 (0.1 %)");
    expect(rows.find(({ key }) => key === "pipeline")?.cells[0]).toEqual({ value: "100", note: "1 deal" });
    expect(notes.slice(1)).toEqual([
      "Tier 1 to pipeline: counted are 2000 of 2003 accounts.",
      "Pipeline created and Influenced: counted are deals of 2000 of 2003 accounts that were in a tier.",
    ]);
  });

  it("is said of the picture by week, which is of all or of none", async () => {
    const { chart, notes } = await section("reach");
    expect(chart).toBeNull();
    expect(notes.at(-1)).toContain("in those weeks 2003 accounts were in a tier, and no more than 2000 are counted");
  });

  it("is said of plays, of which the newest 20 are shown", async () => {
    const { rows, notes } = await section("plays");
    expect(rows).toHaveLength(20);
    expect(notes.at(-1)).toBe("Shown are the newest 20 of the launched plays; older ones are on the page Plays.");
  });

  it("is said of a period at whose start nobody kept the tiers, though they were kept before", async () => {
    const other = asPortalId(4_243);
    await ctx.install(other);
    await reportRecords(ctx.db, other).tierDay("2026-08-17", "tier_1", [idAt(0)]);
    const { rows, notes } = await section("pipeline", other);
    expect(rows.map(({ key }) => key)).toEqual(["revenue", "revenue-before", "roi"]);
    expect(notes.at(-1)).toBe(
      "What compares with the start of the period is left out: the tiers of 24 Aug 2026 and the six days before were not kept.",
    );
    await reportRecords(ctx.db, other).tierDay("2026-08-18", "tier_1", [idAt(0)]);
    expect((await section("pipeline", other)).notes).toHaveLength(1);
  });

  it("is said of closed deals, of which the newest 1,000 are counted", async () => {
    const many = asPortalId(4_244);
    await ctx.install(many);
    // Won all but the oldest two, which are not counted.
    await sql`
      INSERT INTO crm_records (portal_id, object_type, object_id, properties, read_no)
      SELECT ${many}::bigint, 'deals', n::text, jsonb_build_object('createdate', ${iso(20)}::text,
        'closedate', to_char(to_timestamp(${now / 1000}) AT TIME ZONE 'UTC' - n * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'dealstage', CASE WHEN n > 1000 THEN 'closedlost' ELSE 'closedwon' END), 1 FROM generate_series(1, 1002) n`.execute(
      ctx.db,
    );
    await sql`
      INSERT INTO crm_links (portal_id, from_type, from_id, to_type, to_id)
      SELECT ${many}::bigint, 'deals', n::text, 'companies', 'c' || n FROM generate_series(1, 1002) n`.execute(ctx.db);
    await reportRecords(ctx.db, many).tierDay("2026-11-01", "tier_1", ["somebody else"]);
    const deals = await section("deals", many);
    expect(deals.rows[0]?.cells[1]?.value).toBe("1000 of 1000 (100 %)");
    expect(deals.notes.at(-1)).toBe(
      "Counted are the newest 1000 deals that were closed in the period; there are more.",
    );
    expect((await section("back-test", many)).notes[0]).toBe(deals.notes.at(-1));
  });

  async function section(key: ReportKey, of: PortalId = portalId): Promise<ReportSection> {
    const { section: found } = await askReport(ctx, of, key, {});
    if (found === null) throw new Error(`there is no section ${key}`);
    return found;
  }
});
