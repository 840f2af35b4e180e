import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { getPortalStatus } from "../../../server/install/get-portal-status.ts";
import { getToday } from "../../../server/programme/home/get-today.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe("The list of today of a portal with many accounts to call", () => {
  let ctx: SmallContext;
  beforeEach(async () => {
    ctx = await createSmallContext();
    await ctx.install();
  });
  afterEach(() => ctx?.stop());

  it("lists who is left when the readiest were all called this week", async () => {
    const ids = await addReady(130);
    await call(ids.slice(0, 120), dayMs);
    const { lines, summary, leftOut, empty } = await today();
    expect(lines.map(({ companyId }) => companyId)).toEqual(ids.slice(120));
    expect([summary, empty]).toEqual(["10 more to call.", null]);
    expect(leftOut).toBe("120 ready accounts are in work: somebody reached out in the last 7 days.");
  });

  it("lists again whom somebody called longer ago, with the call, and whom only a machine wrote to", async () => {
    const [called, written] = await addReady(2);
    await call([called ?? ""], 7 * dayMs + hourMs);
    await log("emails", "m", written ?? "", { hs_timestamp: ago(dayMs), hs_sequence_id: "77" });
    const { lines } = await today();
    expect(lines.map(({ companyId }) => companyId)).toEqual([called, written]);
    expect(lines[0]?.lastTouch).toMatch(/^Call, /);
  });

  it("looks at 120, and at 500 when those are in work, and says so when there are more", async () => {
    const ids = await addReady(502);
    const view = await today();
    expect(view.leftOut).toBe("70 more are not shown. Only the 120 readiest accounts were looked at; there are more.");
    await call(ids.slice(0, 500), dayMs);
    const { lines, leftOut, empty } = await today();
    expect([lines, empty?.title]).toEqual([[], "The readiest accounts are all in work"]);
    expect(leftOut).toContain("Only the 500 readiest accounts were looked at; there are more.");
  });

  it("says how many clocks are not shown", async () => {
    const ids = await addReady(70);
    const alert = (account_id: string, dueInMs: number) => ({
      portal_id: portalId,
      account_id,
      crossed_at: ctx.now() - 48 * hourMs,
      due_at: ctx.now() + dueInMs,
      state: dueInMs > 0 ? ("open" as const) : ("missed" as const),
      trigger: "demo_request",
      route: "sales" as const,
    });
    const alerts = ids.map((id, index) => alert(id, index < 64 ? hourMs : -hourMs));
    await ctx.db.insertInto("hot_alerts").values(alerts).execute();
    await sql`UPDATE account_scores SET tier = 'excluded' WHERE account_id = ${ids.at(-1) ?? ""}`.execute(ctx.db);
    const { lines, summary, leftOut } = await today();
    expect([lines.length, summary, leftOut]).toEqual([50, "64 hot, 5 over their time.", "19 more are not shown."]);
  });

  const today = () => getToday(ctx, portalId, (id) => getPortalStatus(ctx, id));

  /** Accounts that are ready, the readiest first. */
  async function addReady(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, (_, index) => String(10_000 + index));
    await addCompanies(
      ctx.db,
      portalId,
      ids.map((id) => ({ id })),
    );
    await sql`
      INSERT INTO account_scores (portal_id, account_id, snapshot_no, models, score, readiness, tier, scored_at, output)
      SELECT ${portalId}::bigint, id, 1, 'playbook-100 v1', 90, 9, 'tier_1', 1, '{}' FROM unnest(${ids}::text[]) AS t(id)`.execute(
      ctx.db,
    );
    return ids;
  }

  const ago = (ms: number) => new Date(ctx.now() - ms).toISOString();

  async function call(ids: readonly string[], agoMs: number): Promise<void> {
    for (const id of ids) await log("calls", `call ${id}`, id, { hs_timestamp: ago(agoMs) });
  }

  async function log(type: string, id: string, account: string, properties: Record<string, string>): Promise<void> {
    const key = { portal_id: portalId, object_type: type, object_id: id };
    await ctx.db
      .insertInto("crm_records")
      .values({ ...key, properties: JSON.stringify(properties), read_no: 1 })
      .execute();
    const link = { portal_id: portalId, from_type: type, from_id: id, to_type: "companies", to_id: account };
    await ctx.db.insertInto("crm_links").values(link).execute();
  }
});
