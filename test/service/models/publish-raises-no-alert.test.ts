import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { finishBackfill, startBackfill } from "../../../server/db/backfills.ts";
import { nextReadNo } from "../../../server/db/records.ts";
import { backfillPortal } from "../../../server/intake/backfill-portal.ts";
import { mirrorTypes } from "../../../server/intake/record-properties.ts";
import { publishModel } from "../../../server/models/publish-model.ts";
import { companyPropertiesOf } from "../../../server/scoring/company-properties-of.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { addCompanies } from "../signals/a-portal-with-companies.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { scoreAgain } from "./a-scored-portal.ts";

const hour = 3_600_000;
const readiness = loadTemplate("readiness-10");
const priority = loadTemplate("playbook-100");
/** What the models read before, so that nothing but the new property lacks. */
const known = Object.fromEntries(
  [readiness, priority].flatMap((model) => (model ? companyPropertiesOf(model) : [])).map((name) => [name, null]),
);
const ids = ["101", "102"];

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await addCompanies(
    ctx.db,
    portalId,
    ids.map((id) => ({ id, people: [`${id}1`, `${id}2`], properties: { ...known, industry: "COMPUTER_SOFTWARE" } })),
  );
  await startBackfill(ctx.db, portalId, mirrorTypes, await nextReadNo(ctx.db));
  await ctx.db.updateTable("backfills").set({ finished_at: new Date() }).execute();
  // Both would be hot, but that their size is not known: the gate is not passed.
  for (const id of ids) await act(id, ["email_open", "content_download", "email_reply", "event_attended"]);
});
afterAll(() => ctx?.stop());

async function act(company: string, kinds: readonly string[]): Promise<void> {
  const rows = kinds.flatMap((kind) =>
    ["1", "2"].map((n) => ({
      portal_id: portalId,
      signal_key: `${kind}:${company}${n}`,
      kind,
      person_id: `${company}${n}`,
      at: ctx.now() - hour,
      source: "website",
      origin: "test",
    })),
  );
  await ctx.db.insertInto("signals").values(rows).execute();
}

/** The gate asks for a property that nobody has read yet. */
function gateReading(property: string): object {
  const model = structuredClone(readiness);
  const icp = model?.gates.find(({ key }) => key === "icp");
  for (const condition of icp?.conditions ?? [])
    if (condition.kind === "property-between") Object.assign(condition, { property, from: 1, to: 100 });
  return { model };
}

const standings = async () =>
  (await ctx.db.selectFrom("hot_standing").select("over_line").execute()).map((r) => r.over_line);
const alerts = async () =>
  (await ctx.db.selectFrom("hot_alerts").select("account_id").execute()).map((r) => r.account_id);

/** HubSpot has both companies, each with `value` as the new property. */
function answerWith(property: string, value: string): void {
  const stamp = { createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-11-01T00:00:00Z", archived: false };
  const results = ids.map((id) => ({
    id,
    properties: { ...known, industry: "COMPUTER_SOFTWARE", [property]: value },
    associations: { contacts: { results: ["1", "2"].map((n) => ({ id: `${id}${n}`, type: "company_to_contact" })) } },
    ...stamp,
  }));
  ctx.hubspotServer.answer = ({ path, method }) =>
    method === "GET" && path.includes("/objects/") ? [200, { results }] : [200, { results: [] }];
}

it("raises no alert when a property that a new model reads comes in", async () => {
  await scoreAgain(ctx, portalId, true);
  expect(await standings()).toEqual([]);
  ctx.hubspotServer.answer = () => [403, { category: "MISSING_SCOPES", message: "no" }];
  const { readingNow } = await publishModel(ctx, portalId, "77", gateReading("seats"));
  expect(readingNow).toEqual(["seats"]);
  await scoreAgain(ctx, portalId);
  expect(await standings()).toEqual([]);
  answerWith("seats", "50");
  await backfillPortal(ctx, portalId);
  await finishBackfill(ctx.db, portalId);
  await scoreAgain(ctx, portalId);
  expect(await standings()).toEqual([true, true]);
  expect(await alerts()).toEqual([]);
});
