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
const minutes = (n: number) => String(n * 60_000);

describe("The people of the committees", () => {
  let ctx: SmallContext;
  let section: ReportSection | null;
  beforeAll(async () => {
    ctx = await createSmallContext();
    ctx.clock.now = now;
    await ctx.install();
    const { company, linked, record, signal } = reportRecords(ctx.db, portalId);
    for (const [id, tier] of [
      ["A", "tier_1"],
      ["B", "tier_1"],
      ["C", "tier_2"],
      ["D", "tier_2"],
    ] as const)
      await company(id, tier);
    const person = async (id: string, account: string, role: string, kind: string | null, days: number) => {
      await linked("contacts", id, account, role === "" ? {} : { hs_buying_role: role });
      if (kind !== null) await signal({ person: id }, kind, ago(days));
    };
    // Level 3 and counts five, level 3 and counts one, level 0 of whom nobody said how much they count: (15 + 3 + 0) ÷ 9.
    await person("a1", "A", "DECISION_MAKER", "meeting_held", 20);
    await person("a2", "A", "CHAMPION", "email_reply", 100);
    await person("a3", "A", "INFLUENCER", "email_reply", 181);
    for (const [id, influence] of [
      ["a1", 5],
      ["a2", 1],
    ] as const)
      await sql`
        INSERT INTO committee_members (portal_id, account_id, person_id, roles, influence, changed_by, changed_at)
        VALUES (${portalId}, 'A', ${id}, '[]', ${influence}, '77', ${now})`.execute(ctx.db);
    // Without a role, bounced, and a blocker, who is a member and in no role that is looked for.
    await person("a4", "A", "", "meeting_held", 5);
    await linked("contacts", "b1", "B", { hs_buying_role: "CHAMPION", hs_email_bounce: "1" });
    await signal({ person: "b1" }, "meeting_held", ago(5));
    await person("b2", "B", "BLOCKER", "meeting_held", 5);
    // A call of ten minutes and one of nine, each with a champion.
    for (const [id, account, length] of [
      ["c1", "C", 10],
      ["d1", "D", 9],
    ] as const) {
      await linked("contacts", id, account, { hs_buying_role: "CHAMPION" });
      await record("calls", `of ${id}`, { hs_timestamp: iso(3), hs_call_duration: minutes(length) });
      await sql`
        INSERT INTO signals (portal_id, signal_key, kind, person_id, at, source, origin)
        VALUES (${portalId}, ${id}, 'call_connected', ${id}, ${ago(3)}, 'call', ${`calls:of ${id}`})`.execute(ctx.db);
    }
    section = (await askReport(ctx, portalId, "committees")).section;
  });
  afterAll(() => ctx?.stop());

  it("are so far, by who replied or went further, and in the mean by their influence (metric 4b)", () => {
    expect(values("level-3")).toEqual(["5 of 6 (83.3 %)", "3 of 4 (75 %)", "2 of 2 (100 %)", "n/a (0 of 0)"]);
    // Tier 1 with the blocker, level 3 and counts three: (18 + 9) ÷ 12. Tier 2: twice level 3, three each.
    expect(row("mean-level")?.cells).toEqual([
      { value: "2.5", note: "45 ÷ 18, 6 people" },
      { value: "2.3", note: "27 ÷ 12, 4 people" },
      { value: "3.0", note: "18 ÷ 6, 2 people" },
      { value: "n/a (0 of 0)", note: "" },
    ]);
  });

  it("had a conversation that counts, by account: met, or talked for ten minutes, in a role that is looked for (metric 5)", async () => {
    expect(values("conversations")).toEqual(["2 of 4 (50 %)", "1 of 2 (50 %)", "1 of 2 (50 %)", "n/a (0 of 0)"]);
    ctx.clock.now = now + 15 * dayMs;
    const later = (await askReport(ctx, portalId, "committees", { days: 30 })).section;
    ctx.clock.now = now;
    expect(later?.rows.find(({ key }) => key === "conversations")?.cells[0]?.value).toBe("1 of 4 (25 %)");
  });

  const row = (key: string) => section?.rows.find((one) => one.key === key);
  const values = (key: string) => row(key)?.cells.map(({ value }) => value);
});
