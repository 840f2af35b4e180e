import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { appFromProject } from "../../hubspot-stand-in/app-from-project.ts";
import { pauseRequests, takeRequests } from "../../server/db/budgets.ts";
import { forgetUsedStates } from "../../server/db/install-states.ts";
import { type HttpServer, startHttpServer } from "../../server/http/create-http-server.ts";
import { stateLifetimeMs } from "../../server/install/install-state.ts";
import type { HubSpotAnswer, HubSpotRequest } from "./local-hubspot.ts";
import { send } from "./signed-request.ts";
import { appId, clientSecret, createSmallContext, publicUrl, type SmallContext } from "./small-context.ts";

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
  await ctx.db.deleteFrom("portals").execute();
});

const grant = {
  access_token: "access-needle",
  refresh_token: "refresh-needle",
  expires_in: 1_800,
  token_type: "bearer",
  hub_id: 31_337,
  user_id: 5,
  scopes: ["oauth"],
};
const granting = (request: HubSpotRequest): HubSpotAnswer =>
  request.path.endsWith("/token") ? [200, grant] : [404, { message: "no" }];

/** Begins an install; what the browser then holds. */
async function begin() {
  const answer = await send(server.url, { method: "GET", path: "/oauth/install" });
  const location = new URL(String(answer.headers.location));
  const [setCookie = ""] = answer.headers["set-cookie"] as string[];
  return {
    answer,
    location,
    setCookie,
    state: location.searchParams.get("state") ?? "",
    cookie: setCookie.split(";")[0] ?? "",
  };
}

async function comeBack(query: Record<string, string> | string, cookie?: string) {
  const before = ctx.lines.length;
  const path = `/oauth/callback?${typeof query === "string" ? query : new URLSearchParams(query)}`;
  const answer = await send(server.url, { method: "GET", path, headers: cookie ? { cookie } : {} });
  const portals = await ctx.db.selectFrom("portals").selectAll().execute();
  return { ...answer, portals, lines: ctx.lines.slice(before) };
}

describe("an install", () => {
  it("sends the browser to HubSpot with a state that its cookie repeats and scripts cannot read", async () => {
    const { answer, location, setCookie, state } = await begin();
    expect(answer.status).toBe(302);
    expect(location.origin).toBe("https://app.hubspot.example");
    expect(location.searchParams.get("redirect_uri")).toBe("https://touchstone.example.com/oauth/callback");
    expect(setCookie).toContain(state);
    expect(setCookie).toMatch(/HttpOnly/i);
    expect(setCookie).toMatch(/Secure/i);
    expect(setCookie).toMatch(/SameSite=Lax/i);
    expect(location.href).not.toContain(clientSecret);
  });

  it("saves the portal that HubSpot named, its tokens sealed, and starts its first job", async () => {
    ctx.hubspotServer.answer = granting;
    const { state, cookie } = await begin();
    const back = await comeBack({ code: "code-needle", state }, cookie);
    expect([back.status, back.headers.location]).toEqual([303, "installed"]);
    expect(back.portals).toMatchObject([{ portal_id: 31_337, status: "preparing" }]);
    expect(JSON.stringify(back.portals)).not.toContain("needle");
    expect(ctx.woken.at(-1)).toEqual(["prepare-portal", 31_337]);
    expect(ctx.rawLog()).not.toContain("needle");
  });

  it.each(["hub_id", "user_id", "scopes"] as const)(
    "asks for %s when HubSpot's answer does not say it: without one of them nothing works, or nobody may change settings",
    async (left) => {
      const { hub_id, user_id, scopes } = grant;
      ctx.hubspotServer.answer = ({ path }) =>
        path.endsWith("/introspect")
          ? [200, { active: true, hub_id, user_id, scopes }]
          : [200, { ...grant, [left]: undefined }];
      const { state, cookie } = await begin();
      const back = await comeBack({ code: "good-code", state }, cookie);
      expect(back.portals).toMatchObject([{ portal_id: hub_id, installed_by: user_id, scopes }]);
    },
  );

  it("asks nothing more when HubSpot's answer says it all", async () => {
    ctx.hubspotServer.answer = granting;
    const { state, cookie } = await begin();
    await comeBack({ code: "good-code", state }, cookie);
    expect(ctx.hubspotServer.requests).toHaveLength(1);
  });

  it("of a portal that was held back, because its grant lacked a scope, lets it go on at once", async () => {
    ctx.hubspotServer.answer = granting;
    const portal = asPortalId(grant.hub_id);
    await pauseRequests(ctx.db, portal, "general", 900_000, "a scope is missing");
    expect(await takeRequests(ctx.db, portal, "general", 1, "webhook")).toBeGreaterThan(800_000);
    const { state, cookie } = await begin();
    expect((await comeBack({ code: "good-code", state }, cookie)).status).toBe(303);
    expect(await takeRequests(ctx.db, portal, "general", 1, "webhook")).toBe(0);
  });
});

describe("the page after an install", () => {
  it("names the cards as HubSpot shows them and what comes next, and may be loaded again", async () => {
    for (const _ of ["once", "again"]) {
      const page = await send(server.url, { method: "GET", path: "/oauth/installed" });
      expect(page.status).toBe(200);
      expectPage(page);
      for (const name of await cardNames("companies")) expect(page.text).toContain(name);
      expect(page.text).toMatch(/home page .* checklist/);
    }
  });

  it("is a page as well where there is nothing", async () => {
    const page = await send(server.url, { method: "GET", path: "/oauth/nothing" });
    expect(page.status).toBe(404);
    expectPage(page);
  });
});

/** As the project that is uploaded names them. */
async function cardNames(objectType: string): Promise<string[]> {
  const folder = path.resolve(import.meta.dirname, "..", "..", "hubspot-project");
  const project = await appFromProject(
    folder,
    { apiOrigin: publicUrl, publishActions: true },
    { appId, clientId: "c", clientSecret },
  );
  return (project.cards ?? []).flatMap(({ name, objectTypes }) => (objectTypes.includes(objectType) ? [name] : []));
}

describe("the install link, which anybody may call", () => {
  it("costs no row and no request to HubSpot, however often it is called", async () => {
    await ctx.db.deleteFrom("used_install_states").execute();
    for (let call = 0; call < 50; call++) await begin();
    expect(await ctx.db.selectFrom("used_install_states").selectAll().execute()).toEqual([]);
    expect(ctx.hubspotServer.requests).toEqual([]);
  });

  it("leaves one row for each finished install, until its state has ended anyway", async () => {
    ctx.hubspotServer.answer = granting;
    const { state, cookie } = await begin();
    await comeBack({ code: "good-code", state }, cookie);
    expect(await ctx.db.selectFrom("used_install_states").selectAll().execute()).toHaveLength(1);
    await forgetUsedStates(ctx.db);
    expect(await ctx.db.selectFrom("used_install_states").selectAll().execute()).toHaveLength(1);
    await ctx.db
      .updateTable("used_install_states")
      .set({ expires_at: new Date(0) })
      .execute();
    await forgetUsedStates(ctx.db);
    expect(await ctx.db.selectFrom("used_install_states").selectAll().execute()).toEqual([]);
  });
});

describe("an install that is not what it seems", () => {
  it("is refused when its state is used a second time", async () => {
    ctx.hubspotServer.answer = granting;
    const { state, cookie } = await begin();
    expect((await comeBack({ code: "c", state }, cookie)).status).toBe(303);
    await ctx.db.deleteFrom("portals").execute();
    const second = await comeBack({ code: "c", state }, cookie);
    expectRefused(second);
    expect(second.text).toContain("What came of the first time stands");
  });

  it("is refused in a browser that did not begin it", async () => {
    const { state } = await begin();
    expectRefused(await comeBack({ code: "c", state }));
  });

  it("is refused in a browser that began another one", async () => {
    const one = await begin();
    const other = await begin();
    expectRefused(await comeBack({ code: "c", state: one.state }, other.cookie));
  });

  it("is refused after fifteen minutes", async () => {
    const { state, cookie } = await begin();
    ctx.clock.now += stateLifetimeMs + 1;
    expectRefused(await comeBack({ code: "c", state }, cookie));
  });

  it.each([
    ["a state that we never gave out", "AAAAAAAAAAAAAAAAAAAAAAAA.zzzzzzzz.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
    ["a state that is no state", "x"],
    ["an empty state", ""],
  ])("is refused with %s", async (_, state) => {
    expectRefused(await comeBack({ code: "c", state }, `touchstone_install=${state}`));
  });

  it("is refused with a cookie that cannot be decoded", async () => {
    const { state } = await begin();
    expectRefused(await comeBack({ code: "c", state }, "touchstone_install=%E0%A4%A"));
  });

  it("is refused with two states", async () => {
    const { state, cookie } = await begin();
    expectRefused(await comeBack(`code=c&state=${state}&state=${state}`, cookie));
  });

  it("is refused when the person said no at HubSpot", async () => {
    const { state, cookie } = await begin();
    const back = await comeBack({ error: "access_denied", error_description: "needle", state }, cookie);
    expectRefused(back);
    expect(back.text).not.toContain("needle");
  });

  it("is refused without a code, or with one that is too long", async () => {
    const first = await begin();
    expectRefused(await comeBack({ state: first.state }, first.cookie));
    const second = await begin();
    expectRefused(await comeBack({ state: second.state, code: "c".repeat(501) }, second.cookie));
  });

  it("asks HubSpot once for one state, however often a browser comes back with codes that nobody knows", async () => {
    ctx.hubspotServer.answer = () => [400, { status: "BAD_AUTH_CODE", message: "missing or unknown auth code" }];
    const { state, cookie } = await begin();
    expect((await comeBack({ code: "junk", state }, cookie)).status).toBe(400);
    for (let time = 0; time < 20; time += 1) expectRefused(await comeBack({ code: `junk-${time}`, state }, cookie));
    expect(ctx.hubspotServer.requests).toHaveLength(1);
  });

  it("is refused when HubSpot does not know the code", async () => {
    ctx.hubspotServer.answer = () => [
      400,
      { status: "BAD_AUTH_CODE", error: "invalid_grant", message: "missing or unknown auth code" },
    ];
    const { state, cookie } = await begin();
    const back = await comeBack({ code: "code-needle", state }, cookie);
    expectRefused(back);
    expect(back.text).toContain("no longer takes the code of this install");
    expect(back.text).not.toContain("no longer connected");
    expect(JSON.stringify(back.lines)).not.toContain("needle");
  });
});

function expectRefused(back: Awaited<ReturnType<typeof comeBack>>): void {
  expect(back.status).toBe(400);
  expectPage(back);
  expect(back.text).toMatch(/Begin again|begin again/);
  expect(back.text).toContain('<a href="install"');
  expect(back.lines).toMatchObject([{ level: "warn", status: 400, path: "/oauth/callback" }]);
  expect(back.portals).toEqual([]);
  expect(ctx.rawLog()).not.toContain("needle");
}

function expectPage({ text, headers }: Pick<Awaited<ReturnType<typeof comeBack>>, "text" | "headers">): void {
  expect(headers["content-type"]).toMatch(/^text\/html/);
  expect(headers["content-security-policy"]).toMatch(/default-src 'none'/);
  expect(headers["content-security-policy"]).not.toMatch(/script-src/);
  expect(text).toMatch(/^<!doctype html>/);
  expect(text).not.toContain("<script");
}
