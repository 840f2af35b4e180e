import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { HotState } from "@touchstone/shared/hot-api.ts";
import { getPortalStatus } from "../../../server/install/get-portal-status.ts";
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

async function log(objectId: string, properties: Record<string, string>, type = "calls"): Promise<void> {
  const key = { portal_id: portalId, object_type: type, object_id: objectId };
  await ctx.db
    .insertInto("crm_records")
    .values({ ...key, properties: JSON.stringify(properties), read_no: 1 })
    .execute();
  const to = { to_type: "companies", to_id: fresh };
  await ctx.db
    .insertInto("crm_links")
    .values({ portal_id: portalId, from_type: type, from_id: objectId, ...to })
    .execute();
}

const stateOf = async (id: string) =>
  (await ctx.db.selectFrom("hot_alerts").select("state").where("account_id", "=", id).executeTakeFirst())?.state;

it("shows the account that is hot now before hundreds that nobody answered", async () => {
  const today = await getToday(ctx, portalId, (id) => getPortalStatus(ctx, id));
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

it("finds what answers the newest clock of an account behind hundreds of mails since an older one", async () => {
  const old = ctx.now() - 90 * day;
  const alert = { portal_id: portalId, account_id: fresh, trigger: "demo_request", route: "sales" } as const;
  await ctx.db
    .insertInto("hot_alerts")
    .values([
      { ...alert, crossed_at: old, due_at: old + day, state: "missed" },
      { ...alert, crossed_at: ctx.now() - hour / 2, due_at: ctx.now() + day, state: "open" },
    ])
    .execute();
  const rows = Array.from({ length: 501 }, (_, n) => ({ id: `mail${n}`, at: old + hour + n * 1_000 }));
  const mail = (at: number) => JSON.stringify({ hs_timestamp: new Date(at).toISOString(), hs_sequence_id: "7" });
  const key = { portal_id: portalId, object_type: "emails", read_no: 1 };
  await ctx.db
    .insertInto("crm_records")
    .values(rows.map(({ id, at }) => ({ ...key, object_id: id, properties: mail(at) })))
    .execute();
  const link = { portal_id: portalId, from_type: "emails", to_type: "companies", to_id: fresh };
  await ctx.db
    .insertInto("crm_links")
    .values(rows.map(({ id }) => ({ ...link, from_id: id })))
    .execute();
  await log("newest", { hs_timestamp: new Date(ctx.now() - hour / 4).toISOString(), hs_call_direction: "OUTBOUND" });
  await tendHotAccounts(ctx, portalId);
  const states = await ctx.db
    .selectFrom("hot_alerts")
    .select("state")
    .where("account_id", "=", fresh)
    .orderBy("crossed_at")
    .execute();
  // The oldest is answered by the calls of three days ago, the second by that of an hour ago.
  expect(states.map(({ state }) => state)).toEqual(["late", "met", "met"]);
});
