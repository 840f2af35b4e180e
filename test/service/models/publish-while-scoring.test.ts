import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { rescoreBatch } from "../../../server/accounts/rescore-batch.ts";
import { markAllAccounts } from "../../../server/db/records.ts";
import { publishModel } from "../../../server/models/publish-model.ts";
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
  const scores = await ctx.db.selectFrom("account_scores").select("models").execute();
  expect(scores).toHaveLength(250);
  expect(new Set(scores.map(({ models }) => models))).toEqual(new Set(["playbook-100 v2, readiness-10 v1"]));
});
