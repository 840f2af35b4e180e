import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ReportSection } from "@touchstone/shared/reports-api.ts";
import { sql } from "kysely";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const ago = (days: number) => now - days * dayMs;
const iso = (days: number) => new Date(ago(days)).toISOString();

describe("What counts as reached", () => {
  let ctx: SmallContext;
  let reach: ReportSection | null;
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    const { company, linked, tierDay, signal, doneStep } = reportRecords(ctx.db, portalId);
    const yearly = { key: "tier_1", name: "Tier 1", mappingDepth: "person", touchDays: 365, ownerRequired: true };
    await sql`
      INSERT INTO tier_programmes (portal_id, version, document, active, published_by)
      VALUES (${portalId}, 1, ${JSON.stringify({ tiers: [yearly] })}::jsonb, true, '1')`.execute(ctx.db);
    for (const id of ["asked", "visited", "marketing", "sales", "long ago", "never"]) await company(id, "tier_1");
    // Nobody of either account is known, only that somebody did it.
    await signal({ account: "asked" }, "demo_request", ago(10));
    for (const days of [3, 4, 5]) await signal({ account: "visited" }, "page_visit", ago(days));
    await linked("calls", "c1", "asked", { hs_timestamp: iso(20), hs_call_direction: "OUTBOUND" });
    await linked("calls", "c2", "long ago", { hs_timestamp: iso(300), hs_call_direction: "OUTBOUND" });
    await doneStep("marketing", "marketing", ago(2));
    await doneStep("sales", "sales", ago(2));
    await tierDay("2026-11-15", "tier_1", ["asked", "visited"]);
    reach = (await askReport(ctx, portalId, "reach", {})).section;
  });
  afterAll(() => ctx.stop());

  it("is also what somebody did of whom only the company is known, in the table as in the picture", () => {
    expect(["reach", "engaged", "answered"].map(cell)).toEqual(["4 of 6", "2 of 6", "1 of 3"]);
    expect(reach?.chart?.points.map(({ x, y }) => [x, y])).toEqual([
      ["15 Nov 2026", 50],
      ["22 Nov 2026", 16.7],
    ]);
  });

  it("is engaged by one of three definitions, each printed with its figure (row 130)", () => {
    expect(["engaged", "engaged-3plus", "engaged-multi"].map(cell)).toEqual(["2 of 6", "1 of 6", "0 of 6"]);
    const words = ["engaged", "engaged-3plus", "engaged-multi"].map(
      (key) => reach?.rows.find((row) => row.key === key)?.definition,
    );
    expect(words).toEqual([
      expect.stringContaining("at least one engagement"),
      expect.stringContaining("at least three engagements"),
      expect.stringContaining("at least two different people"),
    ]);
    expect(reach?.notes.at(-1)).toContain("Engaged in a week of the picture: at least one engagement in it.");
  });

  it("is by a person only where the step of a play is not marketing's, as far back as the longest interval of a tier", () => {
    // Not those who asked, who were called long ago, and where sales did a step.
    expect(["neglected", "stale"].map(cell)).toEqual(["3 of 6", "2 of 6"]);
  });

  const cell = (key: string) => reach?.rows.find((row) => row.key === key)?.cells[0]?.value.replace(/ \(.*/, "");
});
