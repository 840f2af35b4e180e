import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { HotState } from "@touchstone/shared/hot-api.ts";
import { getToday } from "../../../server/programme/home/get-today.ts";
import { tendHotAccounts } from "../../../server/programme/hot/tend-hot-accounts.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const hour = 3_600_000;
const day = 24 * hour;
/** More than are looked at together. */
const unanswered = 520;
const ids = Array.from({ length: unanswered }, (_, index) => String(1_000 + index));
const fresh = "9999";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await addCompanies(
    ctx.db,
    portalId,
    [...ids, fresh].map((id) => ({ id })),
  );
  const alert = (account_id: string, crossedAt: number, state: HotState) => ({
    portal_id: portalId,
    account_id,
    crossed_at: crossedAt,
    due_at: crossedAt + day,
    state,
    trigger: "demo_request",
    route: "sales" as const,
  });
  const old = ids.map((id) => alert(id, ctx.now() - 30 * day, "missed"));
  await ctx.db
    .insertInto("hot_alerts")
    .values([...old, alert(fresh, ctx.now() - 2 * hour, "open")])
    .execute();
});
afterAll(() => ctx?.stop());

async function log(objectId: string, properties: Record<string, string>): Promise<void> {
  const key = { portal_id: portalId, object_type: "calls", object_id: objectId };
  await ctx.db
    .insertInto("crm_records")
    .values({ ...key, properties: JSON.stringify(properties), read_no: 1 })
    .execute();
  const to = { to_type: "companies", to_id: fresh };
  await ctx.db
    .insertInto("crm_links")
    .values({ portal_id: portalId, from_type: "calls", from_id: objectId, ...to })
    .execute();
}

const stateOf = async (id: string) =>
  (await ctx.db.selectFrom("hot_alerts").select("state").where("account_id", "=", id).executeTakeFirst())?.state;

it("shows the account that is hot now before hundreds that nobody answered", async () => {
  const today = await getToday(ctx, portalId);
  expect(today.lines[0]).toMatchObject({ companyId: fresh, kind: "hot" });
});

it("stops the clock of the account that is hot now behind hundreds that nobody answered", async () => {
  // Older calls with times in milliseconds, more than are read of an account: none of them is an answer.
  for (let n = 0; n < 3; n += 1)
    await log(`old${n}`, { hs_timestamp: String(ctx.now() - 3 * day), hs_call_direction: "OUTBOUND" });
  await tendHotAccounts(ctx, portalId);
  expect(await stateOf(fresh)).toBe("open");
  await log("new", { hs_timestamp: String(ctx.now() - hour), hs_call_direction: "OUTBOUND" });
  await tendHotAccounts(ctx, portalId);
  expect(await stateOf(fresh)).toBe("met");
  expect(await stateOf("1000")).toBe("missed");
});
