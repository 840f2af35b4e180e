import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import type { CreatedApiKeyView, SentSignalsView } from "@touchstone/shared/signals-api.ts";
import { disconnectPortal } from "../../../server/db/portals.ts";
import { type HttpServer, startHttpServer } from "../../../server/http/create-http-server.ts";
import { personHash } from "../../../server/intake/save-to-mirror.ts";
import { cardQuery, send, sendSigned } from "../signed-request.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";
import { addCompanies } from "./a-portal-with-companies.ts";

const otherPortal = asPortalId(5_151);
let ctx: SmallContext;
let server: HttpServer;
let key: CreatedApiKeyView;
let otherKey: CreatedApiKeyView;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  await ctx.install(otherPortal);
  server = await startHttpServer(ctx);
  const companies = [
    { id: "101", people: ["501", "502"] },
    { id: "102", people: ["503"], properties: { domain: "Acme.com" } },
    { id: "103", properties: { domain: "twin.example" } },
    { id: "104", properties: { domain: "www.twin.example" } },
  ];
  await addCompanies(ctx.db, portalId, companies);
  await addCompanies(ctx.db, otherPortal, [{ id: "901", people: ["951"] }]);
  key = await createKey("key-of-the-portal");
  otherKey = await createKey("key-of-another", otherPortal);
});
afterAll(async () => {
  await server?.stop();
  await ctx?.stop();
});
afterEach(async () => {
  await ctx.db.deleteFrom("signals").execute();
  await ctx.db.deleteFrom("dirty_accounts").execute();
  await ctx.db.updateTable("api_keys").set({ window_requests: 0 }).execute();
  ctx.woken.length = 0;
});

async function card(method: "GET" | "POST", path: string, body?: object, portal = portalId) {
  const sent = { method, path: `${path}?${cardQuery({ portalId: String(portal) })}` };
  return sendSigned(server.url, { ...sent, ...(body && { body: JSON.stringify(body) }) });
}

async function createKey(requestId: string, portal = portalId): Promise<CreatedApiKeyView> {
  const answer = await card("POST", "/api/portal/api-keys", { label: "Feed", requestId }, portal);
  return JSON.parse(answer.text);
}

const post = (body: unknown, secret = key.secret, path = "/api/signals") =>
  send(server.url, {
    method: "POST",
    path,
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { authorization: `Bearer ${secret}` },
  });

async function deliver(signals: readonly unknown[], secret = key.secret): Promise<SentSignalsView> {
  const answer = await post({ signals }, secret);
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text);
}

const signal = (parts: Record<string, unknown> = {}) => ({
  id: "a-1",
  source: "bombora",
  kind: "topic_research",
  companyId: "101",
  at: ctx.now() - 60_000,
  strength: 60,
  ...parts,
});
const kept = () => ctx.db.selectFrom("signals").selectAll().orderBy("at").orderBy("account_id").execute();
const dirty = async () =>
  (await ctx.db.selectFrom("dirty_accounts").select(["account_id", "priority"]).orderBy("account_id").execute()).map(
    (row) => `${row.account_id}:${row.priority}`,
  );

describe("a batch of signals", () => {
  it("is kept, and the accounts it is about are scored at once", async () => {
    const view = await deliver([
      signal({ id: "1" }),
      signal({ id: "2", companyId: undefined, companyDomain: "https://www.acme.com/about" }),
      signal({ id: "3", companyId: undefined, personId: 503, at: new Date(ctx.now()).toISOString() }),
    ]);
    expect(view).toMatchObject({ stored: 3, known: 0, rejected: 0 });
    expect(await dirty()).toEqual(["101:0", "102:0"]);
    expect(ctx.woken).toEqual([["rescore-batch", portalId]]);
    expect((await kept()).map((row) => [row.portal_id, row.account_id, row.person_id, row.source])).toEqual([
      [portalId, "101", null, "bombora"],
      [portalId, "102", null, "bombora"],
      [portalId, null, "503", "bombora"],
    ]);
  });

  it("of 500 lines with 7 bad ones keeps 493 and says of each bad one what is wrong", async () => {
    const bad = new Map<number, [Record<string, unknown>, RegExp]>([
      [3, [{ at: ctx.now() - 731 * 86_400_000 }, /730 days/]],
      [77, [{ at: ctx.now() + 6 * 60_000 }, /future/]],
      [120, [{ companyId: "999" }, /no company 999/]],
      [250, [{ companyId: "101", personId: "501" }, /exactly one/]],
      [333, [{ kind: "Topic Research" }, /kind/]],
      [480, [{ subject: "x".repeat(201) }, /subject.*200/]],
      [499, [{ ratings: { relevance: 11, recency: 1, volume: 1 } }, /ratings\.relevance/]],
    ]);
    const lines = Array.from({ length: 500 }, (_, index) => signal({ id: `n-${index}`, ...bad.get(index)?.[0] }));
    const view = await deliver(lines);
    expect(view).toMatchObject({ stored: 493, known: 0, rejected: 7 });
    expect(view.lines).toHaveLength(500);
    for (const [index, [, message]] of bad) {
      expect(view.lines[index]).toMatchObject({ index, status: "rejected" });
      expect(view.lines[index]?.message).toMatch(message);
    }
    expect(await kept()).toHaveLength(493);
  });

  it("sent again changes nothing, and a line that stands twice is kept once", async () => {
    await deliver([signal()]);
    ctx.woken.length = 0;
    await ctx.db.deleteFrom("dirty_accounts").execute();
    const again = await deliver([signal(), signal({ strength: 99 }), signal({ source: "g2" })]);
    expect(again.lines.map((line) => line.status)).toEqual(["known", "known", "stored"]);
    expect((await kept()).map((row) => row.strength)).toEqual([60, 60]);
  });

  it("that arrives five times at once is kept once, and no line is lost", async () => {
    const lines = Array.from({ length: 200 }, (_, index) =>
      signal({ id: `c-${index}`, companyId: index % 2 ? "101" : "102" }),
    );
    const views = await Promise.all([0, 1, 2, 3, 4].map((turn) => deliver(turn % 2 ? lines : lines.toReversed())));
    expect(views.map((view) => view.rejected)).toEqual([0, 0, 0, 0, 0]);
    expect(views.reduce((sum, view) => sum + view.stored, 0)).toBe(200);
    expect(await kept()).toHaveLength(200);
  });

  it("is rated: three ratings make a level and, without a strength, the strength", async () => {
    const rated = (relevance: number, recency: number, volume: number, id: string) =>
      signal({ id, strength: undefined, ratings: { relevance, recency, volume } });
    const view = await deliver([rated(8, 8, 8, "h"), rated(8, 8, 7, "m"), rated(5, 5, 5, "m2"), rated(5, 5, 4, "l")]);
    expect(view.lines.map((line) => line.level)).toEqual(["high", "medium", "medium", "low"]);
    expect((await kept()).map((row) => row.strength).sort()).toEqual([47, 50, 77, 80]);
  });

  it("is refused whole when it is too long, too large, or no list", async () => {
    const tooMany = await post({ signals: Array.from({ length: 501 }, () => signal()) });
    expect([tooMany.status, tooMany.text]).toEqual([400, expect.stringContaining("500")]);
    expect((await post(`{"signals":[${" ".repeat(1_000_001)}]}`)).status).toBe(413);
    for (const body of ["not json", "[]", "null", '{"signals":{}}', '"x"']) expect((await post(body)).status).toBe(400);
    expect(await kept()).toEqual([]);
  });

  it("takes hostile lines one by one: NUL, nesting, prototypes, unknown keys, addresses of people", async () => {
    const lines = [
      signal({ id: "a\u0000b" }),
      signal({ subject: "a\u0000b" }),
      signal({ source: "email'; DROP TABLE signals" }),
      JSON.parse('{"__proto__":{"id":"x"},"id":"p"}'),
      signal({ portalId: otherPortal }),
      signal({ subject: "opened by ana@acme.com" }),
      signal({ at: 1_795_341_600 }),
      signal({ at: "2026-11-22 10:00" }),
      signal({ strength: "60" }),
      signal({ companyId: "1".repeat(21) }),
      signal({ companyId: undefined, companyDomain: "twin.example" }),
      signal({ companyId: undefined, companyDomain: "x".repeat(400) }),
      signal({ expiresAt: ctx.now() - 120_000 }),
      null,
      17,
      [],
    ];
    const view = await deliver(lines);
    expect(view.rejected).toBe(lines.length);
    expect(view.lines[10]?.message).toMatch(/2 companies have the domain/);
    expect(JSON.stringify(view).length).toBeLessThan(20_000);
    expect(await kept()).toEqual([]);
    expect(ctx.woken).toEqual([]);
  });
});

describe("a person who was erased", () => {
  it("does not come back by a signal", async () => {
    const tombstone = { portal_id: portalId, person_hash: personHash(portalId, "599") };
    await ctx.db.insertInto("erased_people").values(tombstone).execute();
    const view = await deliver([signal({ companyId: undefined, personId: "599" })]);
    expect(view.lines[0]).toMatchObject({ status: "rejected", message: expect.stringContaining("erased") });
  });
});

describe("a key", () => {
  it("writes into its own portal only, whatever the body says", async () => {
    const foreign = await deliver([signal({ companyId: "901" }), signal({ companyId: undefined, personId: "951" })]);
    expect(foreign).toMatchObject({ stored: 0, rejected: 2 });
    await deliver([signal({ companyId: "901" })], otherKey.secret);
    expect((await kept()).map((row) => row.portal_id)).toEqual([otherPortal]);
    expect(ctx.woken).toEqual([["rescore-batch", otherPortal]]);
  });

  it("is refused when it is missing, made up, or revoked, in the same words", async () => {
    const made = await createKey("key-to-be-revoked");
    expect((await post({ signals: [] }, made.secret)).status).toBe(200);
    await card("POST", `/api/portal/api-keys/${made.keyId}/revoke`);
    const answers = await Promise.all([
      post({ signals: [signal()] }, made.secret),
      post({ signals: [signal()] }, `touchstone_${"A".repeat(43)}`),
      post({ signals: [signal()] }, "x"),
      send(server.url, { method: "POST", path: "/api/signals", body: "{}" }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(await kept()).toEqual([]);
  });

  it("cannot be revoked by another portal", async () => {
    const answer = await card("POST", `/api/portal/api-keys/${key.keyId}/revoke`, {}, otherPortal);
    expect(answer.status).toBe(404);
    expect((await post({ signals: [] })).status).toBe(200);
  });

  it("is shown once, and neither its secret nor its hash is listed, logged or stored in the clear", async () => {
    const list = await card("GET", "/api/portal/api-keys");
    expect(JSON.parse(list.text).keys).toContainEqual(expect.objectContaining({ keyId: key.keyId, label: "Feed" }));
    const stored = JSON.stringify(await ctx.db.selectFrom("api_keys").selectAll().execute());
    for (const text of [list.text, ctx.rawLog(), stored]) expect(text).not.toContain(key.secret.slice(11));
  });

  it("is made once although the request came twice, and the second answer's secret holds", async () => {
    const first = await createKey("one-request-twice");
    const second = await createKey("one-request-twice");
    expect(second.keyId).toBe(first.keyId);
    expect((await post({ signals: [] }, first.secret)).status).toBe(401);
    expect((await post({ signals: [] }, second.secret)).status).toBe(200);
    const third = await card("POST", "/api/portal/api-keys", { label: "Feed", requestId: "one-request-twice" });
    expect(third.status).toBe(400);
  });

  it("may make 50 requests in ten seconds and is told when to come again", async () => {
    const answers = [];
    for (let turn = 0; turn < 52; turn++) answers.push(await post({ signals: [] }));
    expect(answers.slice(0, 50).map((answer) => answer.status)).toEqual(Array(50).fill(200));
    expect(answers.slice(50).map((answer) => answer.status)).toEqual([429, 429]);
    expect(Number(answers[51]?.headers["retry-after"])).toBeGreaterThan(0);
  });

  it("ends with the portal's installation", async () => {
    const gone = asPortalId(6_161);
    await ctx.install(gone);
    const made = await createKey("key-of-one-who-left", gone);
    await disconnectPortal(ctx.db, gone, "gone");
    expect((await post({ signals: [signal()] }, made.secret)).status).toBe(404);
  });

  it("is given to HubSpot's signed requests only", async () => {
    const forged = await sendSigned(
      server.url,
      { method: "POST", path: `/api/portal/api-keys?${cardQuery()}`, body: "{}" },
      { secret: "another-secret" },
    );
    expect(forged.status).toBe(401);
  });
});
