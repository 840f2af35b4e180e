import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { keepStageDay } from "../../../server/db/stage-days.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const now = Date.UTC(2026, 10, 22, 12);

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  ctx.clock.now = now;
  await ctx.install();
  const { company, tierDay } = reportRecords(ctx.db, portalId);
  // Now, and where each was when the period of 90 days began; the last two left their tiers.
  for (const [id, tier, stage] of [
    ["a", "tier_1", "interest"],
    ["b", "tier_1", ""],
    ["c", "tier_2", "decision"],
    ["d", "tier_2", "awareness"],
    ["e", "out", "expansion"],
    ["f", "out", ""],
  ] as const) {
    await company(id, tier);
    await sql`
      INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, scored_at, output)
      VALUES (${portalId}, ${id}, 1, '', ${now}, ${JSON.stringify({ touchstone_stage: stage })}::jsonb)`.execute(
      ctx.db,
    );
  }
  await tierDay("2026-08-20", "tier_1", ["a", "b", "c"]);
  await tierDay("2026-08-20", "tier_2", ["d", "e", "f"]);
  for (const [stage, accounts] of [
    ["awareness", ["a", "b", "c"]],
    ["interest", ["d", "e"]],
    ["decision", ["f"]],
  ] as const)
    await sql`
      INSERT INTO stage_days (portal_id, day, stage, accounts)
      VALUES (${portalId}, '2026-08-20', ${stage}, ${[...accounts]}::text[])`.execute(ctx.db);
});
afterAll(() => ctx?.stop());

it("Accounts are followed from the stage and the tier in which they were when the period began (metric 15b)", async () => {
  const section = (await askReport(ctx, portalId, "stages")).section;
  const moved = section?.rows.filter(({ key }) => key.startsWith("left-")) ?? [];
  expect(moved.map(({ key, cells }) => [key, ...cells.map(({ value }) => value)])).toEqual([
    ["left-awareness", "2 of 3 (66.7 %)", "2 of 3 (66.7 %)", "n/a (0 of 0)", "n/a (0 of 0)"],
    // One went back, one went all the way; the one in decision fell back to the beginning.
    ["left-interest", "1 of 2 (50 %)", "n/a (0 of 0)", "1 of 2 (50 %)", "n/a (0 of 0)"],
    ["left-decision", "0 of 1 (0 %)", "n/a (0 of 0)", "0 of 1 (0 %)", "n/a (0 of 0)"],
  ]);
  expect(section?.notes).toEqual([]);
});

it("Where nobody kept the stages of that day, the report says so", async () => {
  const section = (await askReport(ctx, portalId, "stages", { days: 30 })).section;
  expect(section?.rows.some(({ key }) => key.startsWith("left-"))).toBe(false);
  expect(section?.notes).toEqual(["How many moved on is left out: the stages of 23 Oct 2026 were not kept."]);
});

it("What is kept of a day are the stages of those who are in a tier, and stays as it was", async () => {
  const keep = () => ctx.db.transaction().execute((trx) => keepStageDay(trx, portalId, "2026-11-22"));
  await keep();
  await sql`UPDATE account_scores SET output = '{"touchstone_stage":"expansion"}' WHERE portal_id = ${portalId}`.execute(
    ctx.db,
  );
  await keep();
  const { rows } = await sql<{ stage: string; accounts: string[] }>`
    SELECT stage, accounts FROM stage_days WHERE portal_id = ${portalId} AND day = '2026-11-22' ORDER BY stage`.execute(
    ctx.db,
  );
  expect(rows.filter(({ stage }) => stage !== "expansion")).toEqual([
    { stage: "awareness", accounts: ["b", "d"] },
    { stage: "decision", accounts: ["c"] },
    { stage: "interest", accounts: ["a"] },
  ]);
  expect(rows).toHaveLength(3);
});
