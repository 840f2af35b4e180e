import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { ModelsView, PreviewLine, PreviewView, PublishedModelView } from "@touchstone/shared/models-api.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { type HttpServer, startHttpServer } from "../../../server/http/create-http-server.ts";
import { previewModel } from "../../../server/models/preview-model.ts";
import { loadTemplate } from "../../../server/scoring/load-template.ts";
import { cardQuery, sendSigned } from "../signed-request.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { scoreAgain, scorePortal } from "./a-scored-portal.ts";

const otherPortal = asPortalId(5_151);
const companies = 320;
let ctx: SmallContext;
let server: HttpServer;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await ctx.install(otherPortal);
  await scorePortal(ctx, portalId, companies);
  server = await startHttpServer(ctx);
});
afterAll(async () => {
  await server?.stop();
  await ctx?.stop();
});

async function ask(method: "GET" | "POST", path: string, body?: unknown, portal = portalId, accept = "*/*") {
  const sent = { method, path: `${path}?${cardQuery({ portalId: String(portal) })}` };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return sendSigned(server.url, { ...sent, ...(body !== undefined && { body: text }) }, { headers: { accept } });
}
async function read<T>(answer: Promise<{ status: number; text: string }>): Promise<T> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return JSON.parse(text);
}
const preview = (model: unknown) => read<PreviewView>(ask("POST", "/api/models/preview", { model }));
const publish = (model: unknown, note?: string) =>
  read<PublishedModelView>(ask("POST", "/api/models/publish", { model, note }));
const list = (portal = portalId) => read<ModelsView>(ask("GET", "/api/models", undefined, portal));
const template = (key: string): ScoringModel => {
  const model = loadTemplate(key);
  if (!model) throw new Error(`no template ${key}`);
  return model;
};
/** The same model with bands that begin elsewhere. */
function withBands(model: ScoringModel, from: Readonly<Record<string, number>>): ScoringModel {
  return { ...model, bands: model.bands.map((band) => ({ ...band, from: from[band.key] ?? band.from })) };
}
const tiers = async () => {
  const rows = await ctx.db
    .selectFrom("account_scores")
    .select(({ fn }) => ["tier", fn.countAll<number>().as("n")])
    .where("portal_id", "=", portalId)
    .groupBy("tier")
    .execute();
  return Object.fromEntries(rows.map((row) => [row.tier, Number(row.n)]));
};
const nonZero = (view: PreviewView, at: "before" | "after") =>
  Object.fromEntries(view.bands.filter((band) => band[at] > 0).map((band) => [band.key, band[at]]));

describe("the list of models", () => {
  it("names the active ones, every version, and the templates with their sources", async () => {
    const { active, versions, templates } = await list();
    expect(active.map((one) => one.purpose).sort()).toEqual(["priority", "readiness"]);
    expect(versions).toHaveLength(2);
    expect(templates.length).toBeGreaterThanOrEqual(3);
    for (const one of templates) expect(one.source).toMatch(/row|ours/);
    const { model } = await read<{ model: ScoringModel }>(ask("GET", "/api/models/playbook-100/versions/1"));
    expect(model).toEqual(template("playbook-100"));
    expect((await ask("GET", "/api/models/templates/readiness-10")).status).toBe(200);
    expect((await ask("GET", "/api/models/templates/nothing")).status).toBe(404);
    expect((await ask("GET", "/api/models/playbook-100/versions/9")).status).toBe(404);
    expect((await ask("GET", "/api/models/%00/versions/1")).status).toBe(404);
  });
});

describe("the preview of a draft", () => {
  it("that is the active model finds no difference", async () => {
    const view = await preview(template("playbook-100"));
    expect(view).toMatchObject({ accounts: companies, scored: companies, complete: true, moved: 0, newHot: null });
    expect(view.movers).toEqual([]);
    expect(view.largest).toEqual([]);
    expect(nonZero(view, "before")).toEqual(await tiers());
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
    const answer = await ask("POST", "/api/models/preview", { model: faulty });
    const view = JSON.parse(answer.text);
    expect([answer.status, view.error]).toEqual([422, "FaultyModel"]);
    const paths = view.faults.map((fault: { path: string }) => fault.path);
    expect(paths).toEqual(expect.arrayContaining(["name", "axes[0].max", "criteria[3].kind", "bands", "the whole"]));
    for (const { message } of view.faults) expect(message.length).toBeGreaterThan(5);
    expect((await ask("POST", "/api/models/publish", { model: faulty })).status).toBe(422);
    expect((await list()).versions).toHaveLength(2);
  });

  it("names who moves, with the lines that cause it, and counts what the caps cannot hold", async () => {
    const draft = structuredClone(template("playbook-100"));
    for (const one of draft.criteria)
      if (one.key === "industry" && one.kind === "property-map") {
        const [perfect] = one.rungs;
        if (perfect) perfect.values = ["FARMING"];
      }
    const view = await preview(withBands(draft, { tier_3: 5, tier_2: 10, tier_1: 15 }));
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

  it("of a readiness model counts who becomes hot: 6 points and ICP", async () => {
    const draft = structuredClone(template("readiness-10"));
    for (const gate of draft.gates) gate.match = "any";
    for (const one of draft.criteria) if ("windowDays" in one) one.windowDays = 90;
    const view = await preview(draft);
    expect(view.newHot?.accounts).toBeGreaterThan(0);
    expect(view.newHot?.named.length).toBe(Math.min(50, view.newHot?.accounts ?? 0));
    expect(view.caps).toBeNull();
  });

  it("stays under 200 kB, also when names and labels are long", async () => {
    await ctx.db
      .updateTable("crm_records")
      .set(({ eb, fn, val }) => ({
        properties: eb.cast(
          fn("jsonb_set", [
            eb.ref("properties"),
            val("{name}"),
            eb.cast(val(JSON.stringify("ü".repeat(5_000))), "jsonb"),
          ]),
          "jsonb",
        ),
      }))
      .where("portal_id", "=", portalId)
      .where("object_type", "=", "companies")
      .where("object_id", "<", "1100")
      .execute();
    const draft = withBands(template("playbook-100"), { tier_3: 1, tier_2: 2, tier_1: 3 });
    for (const one of draft.criteria) one.label = "ü".repeat(160);
    const answer = await ask("POST", "/api/models/preview", { model: draft });
    expect(answer.status).toBe(200);
    expect(Buffer.byteLength(answer.text)).toBeLessThan(200_000);
  });

  it("streams lines of progress and then the same result when asked for them", async () => {
    const model = withBands(template("playbook-100"), { tier_3: 20 });
    const answer = await ask("POST", "/api/models/preview", { model }, portalId, "application/x-ndjson");
    expect(answer.headers["content-type"]).toMatch("application/x-ndjson");
    const lines = answer.text
      .trim()
      .split("\n")
      .map((line): PreviewLine => JSON.parse(line));
    expect(lines[0]).toMatchObject({ type: "progress", accounts: companies });
    const last = lines.at(-1);
    if (last?.type !== "result") throw new Error("no result");
    const { elapsedMs: _, ...streamed } = last.preview;
    const { elapsedMs: __, ...plain } = await preview(model);
    expect(streamed).toEqual({ ...plain, scoredAt: streamed.scoredAt });
    const faulty = await ask("POST", "/api/models/preview", { model: {} }, portalId, "application/x-ndjson");
    expect(faulty.status).toBe(422);
  });

  it("that takes too long says that it is not complete", async () => {
    const view = await previewModel(ctx, portalId, { model: template("playbook-100") }, { timeLimitMs: 0 });
    expect(view).toMatchObject({ complete: false, scored: 0, accounts: companies });
  });

  it("refuses bodies that are no draft, and requests that HubSpot did not sign", async () => {
    for (const body of ["", "[]", "null", '{"model":[]}', '{"model":null}', '{"model":{},"portalId":1}']) {
      expect((await ask("POST", "/api/models/preview", body)).status).toBe(400);
    }
    const nul = await ask("POST", "/api/models/publish", { model: { ...template("playbook-100"), name: "a\u0000b" } });
    expect(nul.status).toBe(422);
    const path = `/api/models/publish?${cardQuery()}`;
    const forged = await sendSigned(server.url, { method: "POST", path, body: "{}" }, { secret: "x" });
    expect(forged.status).toBe(401);
  });
});

describe("a model that is published", () => {
  const draft = () => withBands(template("playbook-100"), { tier_3: 15, tier_2: 25, tier_1: 35 });

  it("gives exactly the tiers that its preview said", async () => {
    const before = await tiers();
    const view = await preview(draft());
    expect(nonZero(view, "before")).toEqual(before);
    const published = await publish(draft(), "Lower bands for the winter");
    expect(published).toMatchObject({ key: "playbook-100", version: 2, unchanged: false, readingNow: [] });
    expect(ctx.woken).toContainEqual(["rescore-batch", portalId]);
    await scoreAgain(ctx, portalId);
    const after = await tiers();
    expect(after).not.toEqual(before);
    expect(after).toEqual(nonZero(view, "after"));
    const versions = (await list()).versions.filter((one) => one.key === "playbook-100");
    expect(versions).toMatchObject([
      { version: 2, active: true, publishedBy: "77", note: "Lower bands for the winter" },
      { version: 1, active: false, publishedBy: null },
    ]);
  });

  it("again changes nothing, also when it comes five times at once", async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => publish(draft())));
    expect(answers.map((one) => [one.version, one.unchanged])).toEqual(Array(5).fill([2, true]));
    const next = withBands(draft(), { tier_3: 16 });
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => publish(next)));
    expect(five.map((one) => one.version)).toEqual([3, 3, 3, 3, 3]);
    expect(five.filter((one) => !one.unchanged)).toHaveLength(1);
    await scoreAgain(ctx, portalId);
  });

  it("can be rolled back: the old document becomes the newest version, and its tiers come back", async () => {
    const back = await read<PublishedModelView>(
      ask("POST", "/api/models/rollback", { key: "playbook-100", version: 1 }),
    );
    expect(back).toMatchObject({ version: 4, unchanged: false });
    await scoreAgain(ctx, portalId);
    expect(await tiers()).toEqual(nonZero(await preview(template("playbook-100")), "after"));
    const again = await read<PublishedModelView>(
      ask("POST", "/api/models/rollback", { key: "playbook-100", version: 1 }),
    );
    expect(again).toMatchObject({ version: 4, unchanged: true });
    expect((await ask("POST", "/api/models/rollback", { key: "playbook-100", version: 99 })).status).toBe(404);
    expect((await ask("POST", "/api/models/rollback", { key: "x'--", version: 1 })).status).toBe(400);
  });

  it("takes the place of the one with its purpose, under whatever key", async () => {
    const named = { ...template("readiness-10-fit-point"), key: "ours" };
    expect(await publish(named)).toMatchObject({ key: "ours", version: 1, purpose: "readiness" });
    const { active } = await list();
    expect(active.map((one) => one.key).sort()).toEqual(["ours", "playbook-100"]);
    const taken = await ask("POST", "/api/models/publish", { model: { ...named, key: "playbook-100" } });
    expect([taken.status, taken.text]).toEqual([400, expect.stringContaining("priority")]);
    await publish(template("readiness-10"));
    await scoreAgain(ctx, portalId);
  });

  it("that reads a property which was never read says so, and has HubSpot's companies read again", async () => {
    await ctx.db
      .insertInto("backfills")
      .values({
        portal_id: portalId,
        object_type: "companies",
        page_after: null,
        total: 320,
        done: 320,
        started_no: 1,
        finished_at: new Date(),
      })
      .execute();
    const draft = withProperty(template("playbook-100"));
    const view = await preview(draft);
    expect(view.warnings.join()).toMatch(/Not read from HubSpot yet: arr_in_euro/);
    ctx.woken.length = 0;
    expect((await publish(draft)).readingNow).toEqual(["arr_in_euro"]);
    expect(ctx.woken.map(([name]) => name)).toEqual(["backfill-portal", "rescore-batch"]);
    const backfill = await ctx.db.selectFrom("backfills").selectAll().executeTakeFirstOrThrow();
    expect(backfill).toMatchObject({ page_after: null, done: 0, finished_at: null });
    expect(backfill.started_no).toBeGreaterThan(1);
    const portal = await ctx.db
      .selectFrom("portals")
      .select("status")
      .where("portal_id", "=", portalId)
      .executeTakeFirst();
    expect(portal?.status).toBe("backfilling");
    expect((await preview(draft)).warnings).toEqual([]);
  });

  it("with bands that HubSpot's property does not know warns of it", async () => {
    const model = structuredClone(template("playbook-100"));
    const [lowest] = model.bands;
    if (lowest) lowest.key = "cold";
    const view = await preview(model);
    expect(view.warnings.join()).toMatch(/touchstone_tier has no option for cold/);
  });

  it("leaves another portal as it is", async () => {
    const { versions } = await list(otherPortal);
    expect(versions.map((one) => [one.key, one.version])).toEqual(
      expect.arrayContaining([
        ["playbook-100", 1],
        ["readiness-10", 1],
      ]),
    );
    expect(versions).toHaveLength(2);
    const answer = await ask("POST", "/api/models/rollback", { key: "ours", version: 1 }, otherPortal);
    expect(answer.status).toBe(404);
  });
});

function withProperty(model: ScoringModel): ScoringModel {
  const criteria = model.criteria.map((one) =>
    one.kind === "property-ranges" ? { ...one, property: "arr_in_euro" } : one,
  );
  return { ...model, criteria };
}
