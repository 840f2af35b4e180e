import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { type HttpServer, startHttpServer } from "../../server/http/create-http-server.ts";
import { stateLifetimeMs } from "../../server/install/install-state.ts";
import type { HubSpotRequest } from "./local-hubspot.ts";
import { send } from "./signed-request.ts";
import { createSmallContext, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
let server: HttpServer;
beforeAll(async () => {
  ctx = await createSmallContext();
  server = await startHttpServer(ctx);
});
afterAll(async () => {
  await server?.stop();
  await ctx?.stop();
});
afterEach(async () => {
  ctx.hubspotServer.requests.length = 0;
  ctx.clock.now = Date.now();
  await sql`TRUNCATE portals, used_install_states CASCADE`.execute(ctx.db);
});

const returnUrl = "https://app-eu1.hubspot.com/ecosystem/31337/installed?wizard=1";
const elsewhere = "https://app.hubspot.com.evil.example/x";
const grant = {
  access_token: "a",
  refresh_token: "r",
  expires_in: 1_800,
  hub_id: 31_337,
  user_id: 5,
  scopes: ["oauth"],
};

/** A request of the browser that HubSpot sends to our one redirect address. */
async function call(query: Record<string, string>, cookie?: string) {
  ctx.hubspotServer.answer = ({ path }: HubSpotRequest) => (path.endsWith("/token") ? [200, grant] : [404, {}]);
  const path = `/oauth/callback?${new URLSearchParams(query)}`;
  const answer = await send(server.url, { method: "GET", path, headers: cookie ? { cookie } : {} });
  const portals = await ctx.db.selectFrom("portals").select(["portal_id", "installed_by"]).execute();
  return { ...answer, location: String(answer.headers.location), portals, asked: ctx.hubspotServer.requests.length };
}

/** The first call with partner sign-in; what the browser and HubSpot then hold. */
async function authorize() {
  const answer = await call({ step: "authorize", returnUrl });
  const [setCookie = ""] = (answer.headers["set-cookie"] ?? []) as string[];
  const state = new URL(answer.location).searchParams.get("state") ?? "";
  return { answer, setCookie, state, cookie: setCookie.split(";")[0] ?? "" };
}

const finalize = (state: string, code = "c") => ({ step: "finalize", code, state, returnUrl });

function expectInstalled(answer: Awaited<ReturnType<typeof call>>): void {
  expect([answer.status, answer.location]).toEqual([303, returnUrl]);
  expect(answer.portals).toEqual([{ portal_id: 31_337, installed_by: 5 }]);
  expect(ctx.woken.at(-1)).toEqual(["prepare-portal", 31_337]);
}

function expectRefused(answer: Awaited<ReturnType<typeof call>>, status = 400): void {
  expect(answer.status).toBe(status);
  expect(answer.headers["content-type"]).toMatch(/^text\/html/);
  expect(answer.text).toMatch(/[Bb]egin again\./);
  expect(answer.portals).toEqual([]);
}

describe("an install from the Marketplace without partner sign-in", () => {
  it("takes the code, saves the portal and sends the browser back where HubSpot wants it", async () => {
    expectInstalled(await call({ code: "c", returnUrl }));
  });

  it("asks HubSpot once for one code, and says of the second time that the first stands", async () => {
    await call({ code: "c", returnUrl });
    const second = await call({ code: "c", returnUrl });
    expect([second.status, second.asked]).toEqual([400, 1]);
    expect(second.text).toContain("What came of the first time stands");
  });

  it("is refused, and HubSpot not asked, when it leads back to somebody else", async () => {
    const answer = await call({ code: "c", returnUrl: elsewhere });
    expectRefused(answer);
    expect([answer.asked, answer.headers.location]).toEqual([0, undefined]);
  });

  it("is refused without a way back, which no entry that HubSpot documents lacks", async () => {
    const answer = await call({ code: "c" });
    expectRefused(answer);
    expect(answer.asked).toBe(0);
  });

  it("is put off when strangers send very many codes, and an install from our own link goes on", async () => {
    for (let n = 0; n < 60; n += 1) await call({ code: `made-up-${n}`, returnUrl });
    await sql`TRUNCATE portals CASCADE`.execute(ctx.db);
    const answer = await call({ code: "one-more", returnUrl });
    expectRefused(answer, 429);
    expect(answer.asked).toBe(60);
    const begun = await send(server.url, { method: "GET", path: "/oauth/install" });
    const [cookie = ""] = (begun.headers["set-cookie"] ?? []) as string[];
    const state = new URL(String(begun.headers.location)).searchParams.get("state") ?? "";
    expect((await call({ code: "own", state }, cookie.split(";")[0])).location).toBe("installed");
  });
});

describe("an install from the Marketplace with partner sign-in", () => {
  it("gives the state back at once, in a cookie that comes along inside HubSpot's page too", async () => {
    const { answer, setCookie, state } = await authorize();
    expect(answer.status).toBe(302);
    expect(answer.location).toBe(`${returnUrl}&state=${state}`);
    expect(setCookie).toContain(state);
    expect(setCookie).toMatch(/HttpOnly.*Secure.*SameSite=None/i);
    expect(answer.asked).toBe(0);
  });

  it("sends nobody with a state to an address that is not HubSpot's", async () => {
    const answer = await call({ step: "authorize", returnUrl: elsewhere });
    expectRefused(answer);
    expect([answer.headers.location, answer.headers["set-cookie"]]).toEqual([undefined, undefined]);
  });

  it("is finished with the state, in the browser that began it", async () => {
    const { state, cookie } = await authorize();
    const answer = await call(finalize(state), cookie);
    expectInstalled(answer);
    expect(String(answer.headers["set-cookie"])).toMatch(/touchstone_install=;.*1970/);
  });

  it("is finished with the state inside HubSpot's frame, where browsers keep the cookie back", async () => {
    const { state } = await authorize();
    expectInstalled(await call(finalize(state)));
  });

  it("is refused in a browser that began another one", async () => {
    const [one, other] = [await authorize(), await authorize()];
    expectRefused(await call(finalize(one.state), other.cookie));
  });

  it("is refused with its state a second time", async () => {
    const { state } = await authorize();
    await call(finalize(state));
    const second = await call(finalize(state, "another"));
    expect([second.status, second.asked]).toEqual([400, 1]);
  });

  it("is refused after fifteen minutes, without a state, and with one that we never gave out", async () => {
    const { state } = await authorize();
    ctx.clock.now += stateLifetimeMs + 1;
    expectRefused(await call(finalize(state)));
    expectRefused(await call({ step: "finalize", code: "c", returnUrl }));
    expectRefused(
      await call(finalize("AAAAAAAAAAAAAAAAAAAAAAAA.zzzzzzzz.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
    );
  });

  it("cannot be finished with the state of an install from our own link, nor the other way round", async () => {
    const begun = await send(server.url, { method: "GET", path: "/oauth/install" });
    const own = new URL(String(begun.headers.location)).searchParams.get("state") ?? "";
    expectRefused(await call(finalize(own)));
    const { state, cookie } = await authorize();
    expectRefused(await call({ code: "c", state }, cookie));
  });

  it("is refused, and HubSpot not asked, when it leads back to somebody else or has a step that nobody documents", async () => {
    const { state } = await authorize();
    const answers = [
      await call({ ...finalize(state), returnUrl: elsewhere }),
      await call({ ...finalize(state), step: "x" }),
    ];
    for (const answer of answers) expectRefused(answer);
    expect(ctx.hubspotServer.requests).toEqual([]);
  });
});

it("an install button that brings nothing begins at our own link", async () => {
  const answer = await send(server.url, { method: "GET", path: "/oauth/callback" });
  expect(answer.status).toBe(302);
  expect(String(answer.headers.location)).toMatch(/^https:\/\/app\.hubspot\.example\/oauth\/authorize/);
});
