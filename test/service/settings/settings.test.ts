import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { ModelDraftView, ModelFaultView, ModelVersionDetailView } from "@touchstone/shared/models-api.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import type {
  SettingsAccessView,
  SettingsHealthView,
  SettingsProgressView,
  SettingsPropertiesView,
} from "@touchstone/shared/settings-api.ts";
import { sql } from "kysely";
import { buryWork } from "../../../server/db/dead-letters.ts";
import { replaceDefinitionFaults } from "../../../server/db/definition-faults.ts";
import { readWriteDelays, saveWriteDelays } from "../../../server/db/write-delays.ts";
import { type HttpServer, startHttpServer } from "../../../server/http/create-http-server.ts";
import { scorePortal } from "../models/a-scored-portal.ts";
import { cardQuery, sendSigned } from "../signed-request.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

describe("what the settings page asks", () => {
  let ctx: SmallContext;
  let server: HttpServer;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    await scorePortal(ctx, portalId, 35);
    server = await startHttpServer(ctx);
  });
  afterAll(async () => {
    await server?.stop();
    await ctx?.stop();
  });

  const ask = async <T>(path: string, more: { userId?: string; body?: object } = {}) => {
    const query = cardQuery(more.userId ? { userId: more.userId } : {});
    const body = more.body && JSON.stringify(more.body);
    const sent = { method: body ? "POST" : "GET", path: `${path}?${query}`, ...(body && { body }) };
    const answer = await sendSigned(server.url, sent);
    return { status: answer.status, bytes: answer.text.length, view: JSON.parse(answer.text) as T };
  };

  it("who connected the app may change settings; anybody else is told why not", async () => {
    const own = await ask<SettingsAccessView>("/api/settings/access");
    expect(own.view).toMatchObject({ mayChange: true, why: null });
    expect(own.view.words.band).toMatch(/range of points/);
    const other = await ask<SettingsAccessView>("/api/settings/access", { userId: "4711" });
    expect(other.view.mayChange).toBe(false);
    expect(other.view.why).toMatch(/only the person who connected Touchstone/);
  });

  it("progress counts accounts whose newest result stands in HubSpot", async () => {
    const { view } = await ask<SettingsProgressView>("/api/settings/progress");
    expect(view.total).toBe(35);
    expect(view.line).toMatch(/of 35 accounts/);
  });

  it("a model comes as a form whose paths lead to its own numbers", async () => {
    const { view } = await ask<ModelDraftView>("/api/models/templates/playbook-100");
    const fields = view.form.flatMap((group) => group.fields);
    expect(fields.length).toBeGreaterThan(60);
    for (const { path, value } of fields) {
      const at = path.split(/[.[\]]+/).filter(Boolean);
      expect(at.reduce<unknown>((part, key) => Reflect.get(Object(part), key), view.model)).toBe(value);
    }
    const again = await ask<ModelDraftView>("/api/models/form", { body: { model: view.model } });
    expect(again.view.form).toEqual(view.form);
  });

  it("a pasted model that is faulty is answered with each fault and its place", async () => {
    const { view } = await ask<ModelDraftView>("/api/models/templates/readiness-10");
    const answer = await ask<{ faults: ModelFaultView[] }>("/api/models/form", {
      body: { model: { ...view.model, axes: [] } },
    });
    expect(answer.status).toBe(422);
    expect(answer.view.faults.map(({ path }) => path)).toContain("axes");
  });

  it("a fault of a model is called as its field of the form is", async () => {
    const { view } = await ask<ModelDraftView>("/api/models/templates/playbook-100");
    const [axis, ...axes] = (view.model as ScoringModel).axes;
    const answer = await ask<{ faults: ModelFaultView[] }>("/api/models/form", {
      body: { model: { ...view.model, axes: [{ ...axis, max: 7 }, ...axes] } },
    });
    const field = view.form.flatMap(({ fields }) => fields).find(({ path }) => path === "axes[0].max");
    expect(answer.view.faults[0]).toMatchObject({ path: "axes[0].max", place: field?.label });
    expect(field?.label).toBe("Fit: most points");
  });

  it("a version says what going back to it would change", async () => {
    const { view } = await ask<ModelVersionDetailView>("/api/models/playbook-100/versions/1");
    expect(view.changes).toEqual([]);
    expect(view.active).toEqual({ key: "playbook-100", version: 1 });
    expect(view.form[0]?.label).toBe("Axes");
  });

  it("health tells times, what HubSpot refused by company, what was laid aside, and what is not known", async () => {
    expect((await readWriteDelays(ctx.db, portalId))?.results).toBeGreaterThan(0);
    await saveWriteDelays(ctx.db, portalId, [...Array(150).fill(3_000), ...Array(50).fill(9_000)]);
    // The results of 1002 have changed since they were refused.
    for (const object_id of ["1001", "1002"])
      await ctx.db
        .insertInto("write_failures")
        .values({ portal_id: portalId, object_type: "companies", object_id, category: "X", message: "No." })
        .execute();
    await sql`
      UPDATE account_scores SET refused = CASE account_id WHEN '1001' THEN output ELSE '{}' END, written = NULL
      WHERE account_id IN ('1001', '1002')`.execute(ctx.db);
    const letter = { kind: "account", subject: "1002", reason: "too odd", attempts: 5, needs: null } as const;
    await buryWork(ctx.db, portalId, [letter]);
    const { view, bytes } = await ask<SettingsHealthView>("/api/settings/health");
    expect(view.figures[0]).toMatchObject({ value: "3.0 s" });
    expect(view.failedWrites).toEqual([expect.objectContaining({ id: "companies:1001", reason: "No." })]);
    expect(view.figures.find(({ label }) => label === "Refused by HubSpot")?.value).toBe("1");
    expect(view.deadLetters).toEqual([expect.objectContaining({ subject: "Account 1002", reason: "too odd" })]);
    expect(view.figures.map(({ label }) => label)).toContain("Almost nothing known");
    expect(view.sync.map(({ label }) => label)).toEqual([
      "Last live change written back",
      "Longest waiting",
      "All records compared with HubSpot",
      "All records read",
    ]);
    expect(view.sync[0]?.at).toBeGreaterThan(0);
    expect(view.sync[2]).toMatchObject({ at: null, never: "not yet: every night, or now" });
    expect(view.leaving.lost.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(200_000);
  });

  it("no times are kept of a portal that is gone", async () => {
    const gone = asPortalId(9_999);
    await saveWriteDelays(ctx.db, gone, [500]);
    expect(await readWriteDelays(ctx.db, gone)).toBeNull();
  });

  it("only the newest times are kept", async () => {
    await saveWriteDelays(
      ctx.db,
      portalId,
      Array.from({ length: 250 }, () => 500),
    );
    expect(await readWriteDelays(ctx.db, portalId)).toMatchObject({ results: 200, medianMs: 500, slowMs: 500 });
  });

  it("properties that the models read come with what is wrong and what to do, the worst first", async () => {
    await ctx.db.transaction().execute((trx) =>
      replaceDefinitionFaults(trx, portalId, [
        { subject: "input:annualrevenue", message: "It is not there." },
        { subject: "option:industry", message: 'It no longer offers "BANKING".' },
      ]),
    );
    const { view } = await ask<SettingsPropertiesView>("/api/settings/properties");
    expect(view.properties.slice(0, 2).map(({ name, state }) => [name, state])).toEqual([
      ["annualrevenue", "missing"],
      ["industry", "look"],
    ]);
    expect(view.properties[0]?.text).toMatch(/Make it again in HubSpot's settings/);
    const found = view.properties.find(({ name }) => name === "country");
    expect(found).toMatchObject({ state: "found", readBy: [expect.stringMatching(/in Playbook 100/)] });
  });
});
