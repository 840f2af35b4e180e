import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { finishBackfill, readBackfills, restartBackfill, startBackfill } from "../../../server/db/backfills.ts";
import { findPortal } from "../../../server/db/portals.ts";
import { nextReadNo } from "../../../server/db/records.ts";
import { backfillPortal } from "../../../server/intake/backfill-portal.ts";
import { mirrorTypes } from "../../../server/intake/record-properties.ts";
import { publishModel } from "../../../server/models/publish-model.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await addCompanies(ctx.db, portalId, [{ id: "101" }, { id: "102" }]);
  await startBackfill(ctx.db, portalId, mirrorTypes, await nextReadNo(ctx.db));
  await ctx.db.updateTable("backfills").set({ finished_at: new Date() }).execute();
});
afterAll(() => ctx?.stop());

function draftReading(property: string): object {
  const model = structuredClone(loadTemplate("playbook-100"));
  for (const criterion of model?.criteria ?? [])
    if (criterion.key === "revenue" && "property" in criterion) criterion.property = property;
  if (!JSON.stringify(model).includes(property)) throw new Error("the template has no criterion revenue");
  return { model };
}
const publish = (property: string) => publishModel(ctx, portalId, "77", draftReading(property));
const status = async () => (await findPortal(ctx.db, portalId))?.status;

/** This portal lets nobody make properties: publishing goes on without. */
const noProperties = [403, { category: "MISSING_SCOPES", message: "no" }] as const;

it("reads the companies again from the start when another model is published in the middle of the reading", async () => {
  ctx.hubspotServer.answer = () => noProperties;
  expect((await publish("arr_in_euro")).properties.problems.join()).toMatch(/when the next results are written/);
  expect(await status()).toBe("backfilling");
  const pages: string[] = [];
  ctx.hubspotServer.answer = async ({ path }) => {
    if (path.startsWith("/crm/properties/")) return noProperties;
    expect(path).toMatch(/companies/);
    pages.push(path);
    if (pages.length === 1) await publish("arr_in_dollar");
    const first = pages.length <= 2;
    const id = first ? "101" : "102";
    const record = {
      id,
      properties: { name: `Company ${id}`, arr_in_dollar: "7" },
      createdAt: "2026-01-01T00:00:00Z",
      updatedAt: "2026-11-01T00:00:00Z",
      archived: false,
    };
    return [200, { results: [record], ...(first && { paging: { next: { after: "102" } } }) }];
  };
  await backfillPortal(ctx, portalId);
  // The first page came before the second model: it was read again, so that nothing lacks the new property.
  expect(pages).toHaveLength(3);
  const records = await ctx.db
    .selectFrom("crm_records")
    .select("properties")
    .where("object_type", "=", "companies")
    .execute();
  expect(records.map(({ properties }) => properties.arr_in_dollar)).toEqual(["7", "7"]);
  expect(await status()).toBe("ready");
  expect((await readBackfills(ctx.db, portalId)).find((one) => one.objectType === "companies")?.done).toBe(2);
  expect((await publish("arr_in_dollar")).unchanged).toBe(true);
});

it("is not called ready while something is to be read again", async () => {
  await ctx.db.transaction().execute((trx) => restartBackfill(trx, portalId, "companies"));
  expect(await finishBackfill(ctx.db, portalId)).toBe(false);
  expect(await status()).toBe("backfilling");
});
