import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { endForExcluded } from "../../../server/db/hot-alerts.ts";
import { countFollowUp } from "../../../server/db/week-lists.ts";
import { excuseHotAccount } from "../../../server/programme/hot/excuse-hot-account.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const ago = (days: number) => now - days * dayMs;

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  const { alert } = reportRecords(ctx.db, portalId);
  // Each clock runs for a day.
  for (const account of ["met", "in time", "after", "excluded after", "missed"]) await alert(account, ago(5));
  await sql`UPDATE hot_alerts SET state = 'met', outreach_at = ${ago(4.5)} WHERE account_id = 'met'`.execute(ctx.db);
  ctx.clock.now = ago(4);
  await excuseHotAccount(ctx, portalId, asAccountId("in time"), "77", { reason: "open_deal" });
  ctx.clock.now = ago(4) + 1;
  await excuseHotAccount(ctx, portalId, asAccountId("after"), "77", { reason: "open_deal" });
  await ctx.db
    .transaction()
    .execute((trx) => endForExcluded(trx, portalId, [{ accountId: "excluded after", why: "A competitor" }], ago(3)));
  ctx.clock.now = now;
});
afterAll(() => ctx?.stop());

it("A reason that comes when the time is over takes no account out of the rate of those reached in time (metric 11)", async () => {
  const rows = (await askReport(ctx, portalId, "follow-up")).section?.rows ?? [];
  const value = (key: string) => rows.find((row) => row.key === key)?.cells[0]?.value;
  expect(["met", "late", "missed", "excused-after", "excused"].map(value)).toEqual([
    "1 of 4 (25 %)",
    "0 of 4 (0 %)",
    "3 of 4 (75 %)",
    "2 of 4 (50 %)",
    "1 of 5 (20 %)",
  ]);
  const week = { before: ago(14), from: ago(7), now };
  expect(await countFollowUp(ctx.db, portalId, week)).toMatchObject({ met: 1, due: 4 });
});
