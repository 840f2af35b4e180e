import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { scoringModelSchema } from "@touchstone/shared/scoring-model.ts";
import { sql } from "kysely";
import { rescoreBatch } from "../../../server/accounts/rescore-batch.ts";
import { finishBackfill, forgetBackfill, markUnseenRecords, startBackfill } from "../../../server/db/backfills.ts";
import { markAllAccounts, nextReadNo } from "../../../server/db/records.ts";
import { backfillPortal } from "../../../server/intake/backfill-portal.ts";
import { mirrorTypes } from "../../../server/intake/record-properties.ts";
import { publishModel } from "../../../server/models/publish-model.ts";
import { companyPropertiesOf } from "../../../server/scoring/company-properties-of.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { answerWrites } from "../answer-writes.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const model = { ...structuredClone(loadTemplate("playbook-100")), name: "Another name" };

/** What the models read was read before, so that publishing has nothing read again. */
const properties = Object.fromEntries(
  [model, loadTemplate("readiness-10")]
    .flatMap((one) => companyPropertiesOf(scoringModelSchema.parse(one)))
    .map((name) => [name, null]),
);

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install(portalId, "backfilling");
  await addCompanies(ctx.db, portalId, [{ id: "101", properties }]);
  await startBackfill(ctx.db, portalId, mirrorTypes, await nextReadNo(ctx.db));
  await ctx.db
    .updateTable("backfills")
    .set({ finished_at: new Date() })
    .where("object_type", "<>", "companies")
    .execute();
});
afterAll(() => ctx?.stop());

const page = { results: [{ id: "102", properties: { ...properties, name: "Two" } }] };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("scores a page that is read while a model is published by that model", async () => {
  ctx.hubspotServer.answer = (request) =>
    request.path.endsWith("/batch/update")
      ? answerWrites(request)
      : request.method === "GET" && request.path.endsWith("/companies") && request.path.includes("/objects/")
        ? [200, page]
        : [403, { category: "MISSING_SCOPES", message: "no" }];
  await markAllAccounts(ctx.db, portalId, 3);
  let published: Promise<unknown> = Promise.resolve();
  const read: Promise<void>[] = [];
  await ctx.db.transaction().execute(async (trx) => {
    // The publishing waits here, when it has seen which accounts there are.
    await sql`SELECT FROM dirty_accounts WHERE account_id = '101' FOR UPDATE`.execute(trx);
    published = publishModel(ctx, portalId, "77", { model });
    await sleep(500);
    read.push(backfillPortal(ctx, portalId));
    await sleep(300);
    read.push(rescoreBatch(ctx, portalId));
    await sleep(500);
  });
  await Promise.all([published, ...read]);
  await rescoreBatch(ctx, portalId);
  const scores = await ctx.db
    .selectFrom("account_scores")
    .select(["account_id", "models"])
    .orderBy("account_id")
    .execute();
  expect(scores.map(({ account_id }) => account_id)).toEqual(["101", "102"]);
  expect(scores[1]?.models).toBe(scores[0]?.models);
  expect(scores[1]?.models).toMatch(/playbook-100 v[2-9]/);
});

it("is not ready when an installation began anew and nothing was read since", async () => {
  await forgetBackfill(ctx.db, portalId);
  await ctx.db.updateTable("portals").set({ status: "backfilling" }).execute();
  expect(await finishBackfill(ctx.db, portalId)).toBe(false);
});

it("looks for what a reading did not come upon only when that reading is over", async () => {
  const marked = async () => {
    await markUnseenRecords(ctx.db, portalId, 1);
    return (await ctx.db.selectFrom("stale_records").select("object_id").orderBy("object_id").execute()).length;
  };
  await ctx.db.deleteFrom("stale_records").execute();
  await startBackfill(ctx.db, portalId, ["companies"], await nextReadNo(ctx.db));
  expect(await marked()).toBe(0);
  await ctx.db.updateTable("backfills").set({ finished_at: new Date() }).execute();
  expect(await marked()).toBe(2);
});
