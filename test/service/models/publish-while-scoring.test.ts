import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { rescoreBatch } from "../../../server/accounts/rescore-batch.ts";
import { markDirty, priorities } from "../../../server/db/dirty-accounts.ts";
import { markOvertaken } from "../../../server/db/mark-overtaken.ts";
import { markAllAccounts } from "../../../server/db/records.ts";
import { publishModel } from "../../../server/models/publish-model.ts";
import { untilLockWaits } from "../../support/until-lock-waits.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { scoreAgain, scorePortal } from "./a-scored-portal.ts";
import { template, withBands } from "./models-api-under-test.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await scorePortal(ctx, portalId, 250);
});
afterAll(() => ctx?.stop());

it("leaves no account with the old version when a model is published in the middle of a turn", async () => {
  await ctx.db.updateTable("account_scores").set({ written: null }).execute();
  await markAllAccounts(ctx.db, portalId, 2);
  const take = ctx.hubspotServer.answer;
  let published = false;
  ctx.hubspotServer.answer = async (request) => {
    if (!published) {
      published = true;
      await publishModel(ctx, portalId, "77", { model: withBands(template("playbook-100"), { tier_3: 20 }) });
    }
    return take(request);
  };
  await rescoreBatch(ctx, portalId);
  expect(published).toBe(true);
  await scoreAgain(ctx, portalId);
  const scores = await readModels();
  expect(scores).toHaveLength(250);
  for (const models of scores) expect(models).toMatch(/^playbook-100 v2, readiness-10 v1,/);
});

it("scores again what was scored by the old version while the new one was being published", async () => {
  let published: Promise<unknown> = Promise.resolve();
  await ctx.db.transaction().execute(async (trx) => {
    await markDirty(trx, portalId, ["1000"], priorities.due);
    published = publishModel(ctx, portalId, "77", { model: withBands(template("playbook-100"), { tier_3: 25 }) });
    // It has seen which accounts there are, and waits for the mark above.
    await untilLockWaits(ctx.db);
    await addCompanies(ctx.db, portalId, [{ id: "9000" }]);
    await markDirty(ctx.db, portalId, ["9000"], priorities.live);
    await rescoreBatch(ctx, portalId);
  });
  await published;
  await scoreAgain(ctx, portalId);
  const old = async () => (await readModels()).filter((models) => !models.startsWith("playbook-100 v3,")).length;
  expect(await old()).toBe(1);
  expect(await markOvertaken(ctx.db)).toBe(1);
  expect(await markOvertaken(ctx.db)).toBe(0);
  await scoreAgain(ctx, portalId);
  expect(await old()).toBe(0);
  await ctx.db
    .updateTable("portal_models")
    .set({ published_at: new Date(Date.now() - 3_600_000) })
    .execute();
  await ctx.db.updateTable("account_scores").set({ models: "another" }).where("account_id", "=", "9000").execute();
  expect(await markOvertaken(ctx.db)).toBe(0);
});

async function readModels(): Promise<string[]> {
  return (await ctx.db.selectFrom("account_scores").select("models").execute()).map(({ models }) => models);
}
