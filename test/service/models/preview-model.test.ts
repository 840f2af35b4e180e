import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { PreviewLine } from "@touchstone/shared/models-api.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { previewModel } from "../../../server/models/preview-model.ts";
import { cardQuery, sendSigned } from "../signed-request.ts";
import { portalId } from "../small-context.ts";
import {
  bandsWithAccounts,
  companies,
  countTiers,
  type ModelsApi,
  read,
  startModelsApi,
  template,
  withBands,
} from "./models-api-under-test.ts";

let api: ModelsApi;
beforeAll(async () => {
  api = await startModelsApi();
});
afterAll(() => api?.stop());

describe("the list of models", () => {
  it("names the active ones, every version, and the templates with their sources", async () => {
    const { active, versions, templates } = await api.list();
    expect(active.map((one) => one.purpose).sort()).toEqual(["priority", "readiness"]);
    expect(versions).toHaveLength(2);
    expect(templates.length).toBeGreaterThanOrEqual(3);
    for (const one of templates) expect(one.source).toMatch(/row|ours/);
    const { model } = await read<{ model: ScoringModel }>(api.ask("GET", "/api/models/playbook-100/versions/1"));
    expect(model).toEqual(template("playbook-100"));
    expect((await api.ask("GET", "/api/models/templates/readiness-10")).status).toBe(200);
    expect((await api.ask("GET", "/api/models/templates/nothing")).status).toBe(404);
    expect((await api.ask("GET", "/api/models/playbook-100/versions/9")).status).toBe(404);
    expect((await api.ask("GET", "/api/models/%00/versions/1")).status).toBe(404);
  });
});

describe("the preview of a draft", () => {
  it("that is the active model finds no difference", async () => {
    const view = await api.preview(template("playbook-100"));
    expect(view).toMatchObject({ accounts: companies, scored: companies, complete: true, moved: 0, newHot: null });
    expect(view.movers).toEqual([]);
    expect(view.changes).toEqual([]);
    expect(view.largest).toEqual([]);
    expect(bandsWithAccounts(view, "before")).toEqual(await countTiers(api));
  });

  it("says every fault in one answer, with its path and the remedy, and changes nothing", async () => {
    const model = structuredClone(template("playbook-100")) as Record<string, unknown> & ScoringModel;
    const faulty = {
      ...model,
      name: "",
      colour: "red",
      axes: [{ ...model.axes[0], max: -1 }, ...model.axes.slice(1)],
      criteria: model.criteria.map((one, index) => (index === 3 ? { ...one, kind: "guess" } : one)),
      bands: [],
    };
    const answer = await api.ask("POST", "/api/models/preview", { model: faulty });
    const view = JSON.parse(answer.text);
    expect([answer.status, view.error]).toEqual([422, "FaultyModel"]);
    const paths = view.faults.map((fault: { path: string }) => fault.path);
    expect(paths).toEqual(expect.arrayContaining(["name", "axes[0].max", "criteria[3].kind", "bands", "the whole"]));
    for (const { message } of view.faults) expect(message.length).toBeGreaterThan(5);
    expect((await api.ask("POST", "/api/models/publish", { model: faulty })).status).toBe(422);
    expect((await api.list()).versions).toHaveLength(2);
  });

  it("names who moves, with the lines that cause it, and counts what the caps cannot hold", async () => {
    const draft = structuredClone(template("playbook-100"));
    for (const one of draft.criteria)
      if (one.key === "industry" && one.kind === "property-map") {
        const [perfect] = one.rungs;
        if (perfect) perfect.values = ["FARMING"];
      }
    const view = await api.preview(withBands(draft, { tier_3: 5, tier_2: 10, tier_1: 15 }));
    expect(view.complete).toBe(true);
    expect(view.moved).toBe(view.moves.reduce((sum, move) => sum + move.accounts, 0));
    expect(view.movers.length).toBe(Math.min(200, view.moved));
    expect(view.movers[0]?.name).toMatch(/^Company \d+$/);
    expect(view.largest).toHaveLength(20);
    for (const change of view.largest) expect(change.lines.length).toBeGreaterThan(0);
    expect(view.largest[0]?.lines.join()).toMatch(/Industry/);
    const sum = (at: "before" | "after") => view.bands.reduce((total, band) => total + band[at], 0);
    expect([sum("before"), sum("after")]).toEqual([companies, companies]);
    const [first, second] = view.caps ?? [];
    expect(first?.over.after).toBe((first?.inBand.after ?? 0) - 25);
    expect(second?.waitingFromAbove.after).toBe(first?.over.after);
  });

  it("of a readiness model counts who becomes hot: 6 points and ICP until the portal has a rule of its own", async () => {
    const draft = structuredClone(template("readiness-10"));
    for (const gate of draft.gates) gate.match = "any";
    for (const one of draft.criteria) if ("windowDays" in one) one.windowDays = 90;
    const view = await api.preview(draft);
    expect(view.newHot?.accounts).toBeGreaterThan(0);
    expect(view.newHot?.named.length).toBe(Math.min(50, view.newHot?.accounts ?? 0));
    expect(view.caps).toBeNull();
  });

  it("stays under 200 kB, also when names and labels are long", async () => {
    await api.ctx.db
      .updateTable("crm_records")
      .set(({ eb, fn, val }) => ({
        properties: eb.cast(
          fn("jsonb_set", [
            eb.ref("properties"),
            val("{name}"),
            eb.cast(val(JSON.stringify("電".repeat(5_000))), "jsonb"),
          ]),
          "jsonb",
        ),
      }))
      .where("portal_id", "=", portalId)
      .where("object_type", "=", "companies")
      .where("object_id", "<", "1100")
      .execute();
    const draft = withBands(template("playbook-100"), { tier_3: 1, tier_2: 2, tier_1: 3 });
    for (const one of draft.criteria) one.label = "電".repeat(160);
    const answer = await api.ask("POST", "/api/models/preview", { model: draft });
    expect(answer.status).toBe(200);
    expect(Buffer.byteLength(answer.text)).toBeLessThan(200_000);
  });

  it("streams lines of progress and then the same result when asked for them", async () => {
    const model = withBands(template("playbook-100"), { tier_3: 20 });
    const answer = await api.ask("POST", "/api/models/preview", { model }, portalId, "application/x-ndjson");
    expect(answer.headers["content-type"]).toMatch("application/x-ndjson");
    const lines = answer.text
      .trim()
      .split("\n")
      .map((line): PreviewLine => JSON.parse(line));
    expect(lines[0]).toMatchObject({ type: "progress", accounts: companies });
    const last = lines.at(-1);
    if (last?.type !== "result") throw new Error("no result");
    const { elapsedMs: _, ...streamed } = last.preview;
    const { elapsedMs: __, ...plain } = await api.preview(model);
    expect(streamed).toEqual({ ...plain, scoredAt: streamed.scoredAt });
    const faulty = await api.ask("POST", "/api/models/preview", { model: {} }, portalId, "application/x-ndjson");
    expect(faulty.status).toBe(422);
  });

  it("that takes too long says that it is not complete", async () => {
    const view = await previewModel(
      api.ctx,
      portalId,
      { model: template("playbook-100") },
      { tierCaps: [], timeLimitMs: 0 },
    );
    expect(view).toMatchObject({ complete: false, scored: 0, accounts: companies });
  });

  it("says that a draft which looks back further than any model did is not seen whole yet", async () => {
    const model = structuredClone(template("playbook-100"));
    for (const criterion of model.criteria) if ("windowDays" in criterion) criterion.windowDays = 500;
    const { warnings } = await api.preview(model);
    expect(warnings.filter((warning) => warning.startsWith("It looks back 500 days."))).toHaveLength(1);
    expect((await api.preview(template("playbook-100"))).warnings.join()).not.toContain("looks back");
  });

  it("says that tiers keep their lines when a draft gives more or fewer points than the active model", async () => {
    const { warnings } = await api.preview(template("two-axis-100"));
    expect(warnings.join()).toContain("It gives at most 200 points, the active model 100.");
    expect((await api.preview(template("playbook-100"))).warnings.join()).not.toContain("It gives at most");
    expect((await api.preview(template("health-40-30-30"))).warnings.join()).not.toContain("It gives at most");
  });

  it("refuses bodies that are no draft, and requests that HubSpot did not sign", async () => {
    for (const body of ["", "[]", "null", '{"model":[]}', '{"model":null}', '{"model":{},"portalId":1}']) {
      expect((await api.ask("POST", "/api/models/preview", body)).status).toBe(400);
    }
    const nul = await api.ask("POST", "/api/models/publish", {
      model: { ...template("playbook-100"), name: "a\u0000b" },
    });
    expect(nul.status).toBe(422);
    const path = `/api/models/publish?${cardQuery()}`;
    const forged = await sendSigned(api.serverUrl, { method: "POST", path, body: "{}" }, { secret: "x" });
    expect(forged.status).toBe(401);
  });
});
