import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { cardApi } from "@touchstone/shared/card-api.ts";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { disconnectPortal } from "../../server/db/portals.ts";
import { type HttpServer, startHttpServer } from "../../server/http/create-http-server.ts";
import { cardQuery, type Signing, send, sendSigned } from "./signed-request.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
let server: HttpServer;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  const company = { portal_id: portalId, object_type: "companies", object_id: "1001", properties: '{"name":"Acme"}' };
  await ctx.db
    .insertInto("crm_records")
    .values({ ...company, merged_into: null, read_no: 1 })
    .execute();
  server = await startHttpServer(ctx);
});
afterAll(async () => {
  await server?.stop();
  await ctx?.stop();
});

async function ask(method: "GET" | "POST", path: string, body?: unknown, signing: Signing = {}) {
  const before = ctx.lines.length;
  const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const answer = await sendSigned(server.url, { method, path, ...(text === undefined ? {} : { body: text }) }, signing);
  return { ...answer, view: JSON.parse(answer.text), lines: ctx.lines.slice(before) };
}

const account = cardApi.getAccount.path("1001");
const judgements = cardApi.judgeCriterion.path("1001");
const countJudgements = async () => (await ctx.db.selectFrom("judgements").selectAll().execute()).length;

describe("a card's request", () => {
  it("is answered from the database, for the portal of the signature, and may not be cached", async () => {
    const answer = await ask("GET", `${account}?${cardQuery()}`);
    expect(answer.status).toBe(200);
    expect(answer.view).toMatchObject({ companyId: "1001", name: "Acme", state: "waiting" });
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.lines).toEqual([]);
    expect(ctx.hubspotServer.requests).toEqual([]);
  });

  it("is refused with 401 and one line when nobody signed it", async () => {
    const before = ctx.lines.length;
    const answer = await send(server.url, { method: "GET", path: `${account}?${cardQuery()}` });
    expect(answer.status).toBe(401);
    expect(ctx.lines.slice(before)).toMatchObject([{ level: "warn", status: 401, reason: "signature missing" }]);
  });

  it.each([
    ["names no user", cardQuery().replace("userId=77", "")],
    ["names no portal", cardQuery().replace(`portalId=${portalId}`, "")],
    ["names two portals", `${cardQuery()}&portalId=1`],
    ["names the right portal behind 1,000 fields", `${cardQuery()}${"&a".repeat(1_000)}&portalId=1&userId=1`],
    ["names a portal that is no number", cardQuery({ portalId: "4242x" })],
    ["comes from another app", cardQuery({ appId: "999" })],
  ])("is refused with 401 and one line when it is signed and %s", async (_, query) => {
    const answer = await ask("GET", `${account}?${query}`);
    expect(answer.status).toBe(401);
    expect(answer.lines).toMatchObject([{ level: "warn", status: 401 }]);
  });

  it("is refused when somebody else's portal was put into a query that HubSpot signed", async () => {
    const signed = `https://touchstone.example.com${account}?${cardQuery()}`;
    const answer = await ask("GET", `${account}?${cardQuery({ portalId: "1" })}`, undefined, { url: signed });
    expect(answer.status).toBe(401);
    expect(answer.lines).toMatchObject([{ reason: "signature forged" }]);
  });

  it("of a portal that never installed the app is told so, with 404 and one line", async () => {
    const answer = await ask("GET", `${account}?${cardQuery({ portalId: "999999" })}`);
    expect(answer.status).toBe(404);
    expect(answer.view).toEqual({
      error: "PortalDisconnected",
      message: "Touchstone is not connected to this portal of HubSpot. Install it to go on.",
    });
    expect(answer.lines).toMatchObject([{ level: "warn", status: 404 }]);
  });

  it("of a portal that took the app away is told so", async () => {
    const gone = asPortalId(5_555);
    await ctx.install(gone);
    await disconnectPortal(ctx.db, gone, "a test");
    expect((await ask("GET", `${account}?${cardQuery({ portalId: "5555" })}`)).status).toBe(404);
  });

  it.each([
    ["/api/accounts/..%2F..%2Fetc%2Fpasswd"],
    ["/api/accounts/%00"],
    ["/api/accounts/1001;DROP"],
    [`/api/accounts/${"9".repeat(21)}`],
    ["/api/accounts/__proto__"],
    ["/api/accounts/../../etc/passwd"],
    ["/api/accounts/%E0%A4%A"],
    ["/nothing/here"],
  ])("for %s is refused with a 4xx and one line", async (path) => {
    const answer = await ask("GET", `${path}?${cardQuery()}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.view).toMatchObject({ error: expect.any(String), message: expect.any(String) });
    expect(answer.lines).toMatchObject([{ level: "warn", status: answer.status }]);
    expect(JSON.stringify(answer.lines)).not.toContain("rep@example.com");
  });
});

describe("a judgement", () => {
  const right = { criterion: "change_capability", rung: "strong" };
  it.each([
    ["is no JSON", "{"],
    ["is a list", []],
    ["is null", "null"],
    ["has a field too many", { criterion: "a", rung: "b", portalId: 1 }],
    ["names no rung", { criterion: "a" }],
    ["names a criterion that no model has", { criterion: "constructor", rung: "b" }],
    ["names a criterion that nobody judges", { criterion: "opens", rung: "b" }],
    ["has a criterion of 10,000 letters", { criterion: "a".repeat(10_000), rung: "b" }],
    ["has a NUL byte in its note", { ...right, note: "a\u0000b" }],
    ["is nested 100,000 levels deep", "[".repeat(100_000) + "]".repeat(100_000)],
  ])("is refused with 400 and one line when it %s", async (_, body) => {
    const answer = await ask("POST", `${judgements}?${cardQuery()}`, body);
    expect(answer.status).toBe(400);
    expect(answer.view.message).toMatch(/Nothing was changed/);
    expect(answer.lines).toMatchObject([{ level: "warn", status: 400 }]);
    expect(await countJudgements()).toBe(0);
  });

  it("that is right is kept once, however often it is sent", async () => {
    for (const _ of [1, 2, 3]) {
      const answer = await ask("POST", `${judgements}?${cardQuery()}`, right);
      expect(answer.status).toBe(200);
    }
    expect(await ctx.db.selectFrom("judgements").select(["criterion", "rung", "judged_by"]).execute()).toEqual([
      { ...right, judged_by: "77" },
    ]);
    await ctx.db.deleteFrom("judgements").execute();
  });

  it("about a company that we do not know is refused with 404", async () => {
    const answer = await ask("POST", `${cardApi.judgeCriterion.path("9")}?${cardQuery()}`, right);
    expect(answer.status).toBe(404);
    expect(await countJudgements()).toBe(0);
  });

  it("that is longer than 2 MB is refused with 413", async () => {
    const answer = await ask("POST", `${judgements}?${cardQuery()}`, "x".repeat(2_200_000));
    expect(answer.status).toBe(413);
    expect(await countJudgements()).toBe(0);
  });
});
