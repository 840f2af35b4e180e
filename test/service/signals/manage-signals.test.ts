import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { asAccountId } from "@touchstone/shared/ids.ts";
import type {
  CreatedApiKeyView,
  ImportedSignalsView,
  JudgementView,
  SignalSourcesView,
} from "@touchstone/shared/signals-api.ts";
import { loadBatch } from "../../../server/accounts/load-batch.ts";
import { type HttpServer, startHttpServer } from "../../../server/http/create-http-server.ts";
import { cardQuery, send, sendSigned } from "../signed-request.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { addCompanies } from "./a-portal-with-companies.ts";

const day = 86_400_000;
let ctx: SmallContext;
let server: HttpServer;
let key: CreatedApiKeyView;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  server = await startHttpServer(ctx);
  await addCompanies(ctx.db, portalId, [{ id: "101", people: ["501"] }, { id: "102" }]);
  key = await card("POST", "/api/portal/api-keys", { label: "Feed", requestId: "key-of-the-portal" });
});
afterAll(async () => {
  await server?.stop();
  await ctx?.stop();
});
beforeEach(async () => {
  for (const table of ["signals", "dirty_accounts", "judgements", "muted_sources"] as const)
    await ctx.db.deleteFrom(table).execute();
  await ctx.db.updateTable("api_keys").set({ window_requests: 0 }).execute();
  ctx.woken.length = 0;
});

const raw = (method: "GET" | "POST", path: string, body?: object) =>
  sendSigned(
    server.url,
    { method, path: `${path}?${cardQuery()}`, ...(body && { body: JSON.stringify(body) }) },
    { at: ctx.now() },
  );
async function card<T>(method: "GET" | "POST", path: string, body?: object): Promise<T> {
  const { status, text } = await raw(method, path, body);
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return JSON.parse(text);
}
const upload = (csv: string) =>
  send(server.url, {
    method: "POST",
    path: "/api/signals/import",
    body: csv,
    headers: { authorization: `Bearer ${key.secret}`, "content-type": "text/csv" },
  });
async function importFile(csv: string): Promise<ImportedSignalsView> {
  const { status, text } = await upload(csv);
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return JSON.parse(text);
}
const dirty = async () =>
  (await ctx.db.selectFrom("dirty_accounts").select("account_id").orderBy("account_id").execute()).map(
    (row) => row.account_id,
  );
const snapshotSources = async () => {
  const snapshots = await loadBatch(ctx.db, portalId, [asAccountId("101")], 0);
  return snapshots
    .get(asAccountId("101"))?.()
    .signals.map((signal) => signal.source)
    .sort();
};

describe("a CSV file of signals", () => {
  it("is read line by line: good lines are kept, bad ones are named by their line in the file", async () => {
    const at = new Date(ctx.now() - day).toISOString();
    const view = await importFile(
      [
        "\uFEFFID;Source;Kind;Person ID;company_id;companyDomain;at;strength;relevance;recency;volume;legal basis",
        `1;bombora;topic_research;;101;;${at};70;;;;consent 2026`,
        `2;bombora;topic_research;;;c102.example;${ctx.now() - day};;9;8;7;`,
        `3;bombora;topic_research;501;;;yesterday;;;;;`,
        "",
        `4;bombora;topic_research;;999;;${at};;;;;`,
        `1;bombora;topic_research;;101;;${at};70;;;;`,
        `5;bombora;"topic;research";;101;;${at};;;;;`,
        `6;bombora;topic_research;;101;;${at};a lot;;;;`,
      ].join("\r\n"),
    );
    expect(view).toMatchObject({ stored: 2, known: 1, rejected: 4 });
    expect(view.lines.map(({ line, status }) => [line, status])).toEqual([
      [4, "rejected"],
      [6, "rejected"],
      [8, "rejected"],
      [9, "rejected"],
      [7, "known"],
    ]);
    const rows = await ctx.db.selectFrom("signals").selectAll().orderBy("strength").execute();
    expect(rows).toMatchObject([
      { account_id: "101", strength: 70, legal_basis: "consent 2026", ratings: null },
      { account_id: "102", strength: 80, ratings: { relevance: 9, recency: 8, volume: 7 } },
    ]);
    expect(await dirty()).toEqual(["101", "102"]);
  });

  it("of many lines is recorded whole, and again changes nothing", async () => {
    const at = ctx.now() - day;
    const lines = Array.from({ length: 1_200 }, (_, index) => `${index},g2,topic_research,101,${at}`);
    const file = ["id,source,kind,companyId,at", ...lines].join("\n");
    expect(await importFile(file)).toEqual({ stored: 1_200, known: 0, rejected: 0, lines: [] });
    const again = await importFile(file);
    expect(again).toMatchObject({ stored: 0, known: 1_200, rejected: 0 });
    expect(again.lines).toHaveLength(1_000);
  });

  it("is refused whole when it cannot be read", async () => {
    const header = "id,source,kind,companyId,at";
    for (const file of [
      "",
      "id,source,kind",
      `${header},id`,
      `${header},colour`,
      `${header}\n1,"g2,x,101,1`,
      `${header}\n${"x".repeat(30_000)}`,
      [header, ...Array.from({ length: 20_002 }, () => "1,g,x,1,1")].join("\n"),
    ]) {
      const answer = await upload(file);
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("Nothing was stored")]);
    }
    expect((await upload(`${header}\n${"1,g2,x,101,1\n".repeat(90_000)}`)).status).toBe(413);
    expect(await ctx.db.selectFrom("signals").selectAll().execute()).toEqual([]);
  });

  it("that cannot be read is quoted to its sender, and nothing of it stands in the log", async () => {
    for (const file of ["ana@acme.example,g2\n1,2", 'id,source,kind,companyId,at\nana@acme.example"x,g2,k,1,1'])
      expect((await upload(file)).text).toContain("ana@acme.example");
    const json = await send(server.url, {
      method: "POST",
      path: "/api/signals",
      body: '{"signals": ana@acme.example}',
      headers: { authorization: `Bearer ${key.secret}`, "content-type": "application/json" },
    });
    expect(json.status).toBe(400);
    expect(ctx.rawLog()).not.toContain("acme.example");
    expect(ctx.lines.at(-1)).toMatchObject({ msg: "request refused", path: "/api/signals", status: 400 });
  });

  it("comes from a page of HubSpot's as JSON", async () => {
    const csv = `id,source,kind,companyId,at\n1,g2,topic_research,101,${ctx.now() - day}`;
    expect(await card("POST", "/api/signals/import", { csv })).toMatchObject({ stored: 1 });
    expect((await raw("POST", "/api/signals/import", { csv: 1 })).status).toBe(400);
    expect((await ctx.db.selectFrom("signals").select("origin").executeTakeFirst())?.origin).toBe("import:77");
  });
});

describe("a source", () => {
  beforeEach(async () => {
    const line = (id: number, source: string, target: string, ago: number) =>
      `${id},${source},topic_research,${target},${ctx.now() - ago}`;
    await importFile(
      ["id,source,kind,personId,companyId,at"]
        .concat(line(1, "bombora", "501,", day), line(2, "bombora", ",102", 9 * day), line(3, "g2", ",101", 40 * day))
        .join("\n"),
    );
    await ctx.db.deleteFrom("dirty_accounts").execute();
    ctx.woken.length = 0;
  });

  it("says when it last said something", async () => {
    const { sources } = await card<SignalSourcesView>("GET", "/api/signals/sources");
    expect(sources).toEqual([
      { source: "bombora", muted: false, lastAt: ctx.now() - day, signals: 2, freshness: "fresh" },
      { source: "g2", muted: false, lastAt: ctx.now() - 40 * day, signals: 1, freshness: "stale" },
    ]);
  });

  it("that is muted is kept and not scored, and comes back when the mute is taken back", async () => {
    expect(await snapshotSources()).toEqual(["bombora", "g2"]);
    const muted = await card<SignalSourcesView>("POST", "/api/signals/sources", { source: "bombora", muted: true });
    expect(muted.sources[0]).toMatchObject({ source: "bombora", muted: true, signals: 2 });
    expect(await snapshotSources()).toEqual(["g2"]);
    expect(await dirty()).toEqual(["101", "102"]);
    expect(ctx.woken).toEqual([["rescore-batch", portalId]]);
    await card("POST", "/api/signals/sources", { source: "bombora", muted: true });
    expect(ctx.woken).toHaveLength(1);
    await card("POST", "/api/signals/sources", { source: "bombora", muted: false });
    expect(await snapshotSources()).toEqual(["bombora", "g2"]);
    expect(ctx.woken).toHaveLength(2);
  });

  it("can be muted before it ever spoke, but not without end", async () => {
    for (let index = 0; index < 100; index++)
      await card("POST", "/api/signals/sources", { source: `noise-${index}`, muted: true });
    expect((await raw("POST", "/api/signals/sources", { source: "one-more", muted: true })).status).toBe(400);
    for (const body of [{}, { source: "x'; --", muted: true }, { source: "g2" }, []]) {
      expect((await raw("POST", "/api/signals/sources", body)).status).toBe(400);
    }
  });
});

describe("an answer to a judged criterion", () => {
  const path = "/api/accounts/101/judgements";
  const answer = (body: object) => raw("POST", path, { criterion: "business_model", ...body });
  const history = async () => (await card<{ judgements: JudgementView[] }>("GET", path)).judgements;

  it("keeps who, when, note and expiry, and its whole history", async () => {
    const expiresAt = ctx.now() + 90 * day;
    expect((await answer({ rung: "ideal", note: "Called them", expiresAt })).status).toBe(200);
    ctx.clock.now += 1_000;
    expect((await answer({ rung: "compatible" })).status).toBe(200);
    ctx.clock.now += 1_000;
    expect((await answer({ rung: null })).status).toBe(200);
    expect((await history()).map((one) => [one.rung, one.by, one.note, one.expiresAt])).toEqual([
      [null, "77", null, null],
      ["compatible", "77", null, null],
      ["ideal", "77", "Called them", expiresAt],
    ]);
  });

  it("is the same only with the same expiry, so that it can be renewed", async () => {
    const body = { rung: "ideal", expiresAt: ctx.now() + day };
    for (let turn = 0; turn < 3; turn++) await answer(body);
    expect(await history()).toHaveLength(1);
    ctx.clock.now += 2 * day;
    await answer({ rung: "ideal", expiresAt: ctx.now() + day });
    expect(await history()).toHaveLength(2);
  });

  it("is refused with an expiry that is over, too far away, or no time", async () => {
    for (const expiresAt of [ctx.now(), ctx.now() + 732 * day, 1.5, "2027-01-01"]) {
      expect((await answer({ rung: "ideal", expiresAt })).status).toBe(400);
    }
    expect(await history()).toEqual([]);
  });

  it("that nobody gave cannot be taken back", async () => {
    expect((await answer({ rung: null })).status).toBe(200);
    expect(await history()).toEqual([]);
  });
});
