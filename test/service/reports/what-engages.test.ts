import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ReportKey } from "@touchstone/shared/reports-api.ts";
import { sql } from "kysely";
import { readHygieneLines } from "../../../server/programme/target-list/read-hygiene-lines.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { askReport } from "./ask-report.ts";
import { reportRecords } from "./report-records.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const ago = (days: number) => now - days * dayMs;

/** Of each account the one signal, days before its deal was made, which is ten days ago. */
const signals: Readonly<Record<string, readonly [of: "person" | "account", kind: string, daysBefore: number]>> = {
  "asked for a demo": ["account", "demo_request", 20],
  "asked, a person": ["person", "demo_request", 20],
  "asked afterwards": ["account", "demo_request", -3],
  "asked long before": ["account", "demo_request", 91],
  searches: ["account", "search_activity", 20],
  "talks elsewhere": ["account", "social_engagement", 20],
  "goes to fairs": ["account", "industry_event", 20],
  "searches, a person": ["person", "search_activity", 20],
  researches: ["account", "topic_research", 20],
  bounced: ["person", "email_bounce", 20],
};
const accounts = Object.keys(signals);

describe("An engagement (market.md §5)", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    const { company, linked, tierDay, signal } = reportRecords(ctx.db, portalId);
    for (const [account, [of, kind, daysBefore]] of Object.entries(signals)) {
      await company(account, "tier_1");
      await linked("contacts", `person of ${account}`, account);
      await linked("deals", `deal of ${account}`, account, { createdate: new Date(ago(10)).toISOString() });
      await signal(of === "person" ? { person: `person of ${account}` } : { account }, kind, ago(10 + daysBefore));
    }
    await tierDay("2026-08-23", "tier_1", accounts);
    await sql`
      INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, score, tier, scored_at, output)
      SELECT ${portalId}::bigint, id, 1, 'playbook-100 v1', 90, 'tier_1', 1, '{}' FROM unnest(${accounts}::text[]) AS t(id)`.execute(
      ctx.db,
    );
    await sql`
      INSERT INTO target_accounts (portal_id, account_id, sources, added_by, added_at)
      SELECT ${portalId}::bigint, id, '{sales}', '77', 0 FROM unnest(${accounts}::text[]) AS t(id)`.execute(ctx.db);
  });
  afterAll(() => ctx?.stop());

  it("before a deal counts where it counts as reached, also of one of whom only the company is known (metrics 1 and 7)", async () => {
    // Those who asked within the period of 90 days, and those who asked within the 90 days before the deal.
    expect(await cell("reach", "reach")).toBe("3 of 10 (30 %)");
    expect(await cell("pipeline", "influenced")).toBe("2 of 10 (20 %)");
  });

  it("is no record of an outside feed and no bounced email, in the list neither (metric 16)", async () => {
    const { lines } = await readHygieneLines(ctx, portalId);
    const stale = lines.filter(({ kind }) => kind === "stale").map(({ companyId }) => companyId);
    expect(stale.sort()).toEqual(accounts.filter((account) => !account.startsWith("asked")).sort());
    expect(await cell("reach", "stale")).toBe("6 of 10 (60 %)");
  });

  const cell = async (of: ReportKey, key: string) =>
    (await askReport(ctx, portalId, of, {})).section?.rows.find((one) => one.key === key)?.cells[0]?.value;
});
