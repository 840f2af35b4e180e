import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type HttpServer, startHttpServer } from "../../server/http/create-http-server.ts";
import { routes } from "../../server/http/routes.ts";
import { cardQuery, sendSigned } from "./signed-request.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

/** The portal was connected by user 77 (small-context.ts). */
const admin = "77";
const viewer = "4711";
const path = "/api/settings/view-only";

/** Not signed by HubSpot for a person: webhooks, workflows, systems with a key. */
const byMachines = /^\/(webhooks|workflow\/.*|agent\/.*|api\/signals|api\/signals\/import)$/;
/** Posted because they are long, and answered without changing anything. */
const questions = ["/api/models/form", "/api/models/preview", "/api/bulk/enrol/preview", "/api/bulk/tier/preview"];

const writes = routes
  .filter(({ method }) => method === "post")
  .map((route) => route.path)
  .filter((one) => !questions.includes(one) && !byMachines.test(one));

const filledIn = (route: string) =>
  route
    .replace(":companyId", "123")
    .replace(/:(playId|templateId)/, "0123abcd-0123-0123-0123-0123456789ab")
    .replace(":keyId", "0123456789ab");

describe("people who may only look", () => {
  let ctx: SmallContext;
  let server: HttpServer;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    server = await startHttpServer(ctx);
  });
  afterAll(async () => {
    await server?.stop();
    await ctx?.stop();
  });

  const send = async (userId: string, method: "GET" | "POST", to: string, body?: object) => {
    const sent = { method, path: `${to}?${cardQuery({ userId })}`, ...(body && { body: JSON.stringify(body) }) };
    const { status, text } = await sendSigned(server.url, sent);
    return { status, body: JSON.parse(text) as Record<string, unknown> };
  };

  it("are named by the person who connected the app, and the same request twice changes nothing more", async () => {
    expect((await send(viewer, "POST", path, { userIds: [], version: 0 })).status).toBe(403);
    const named = await send(admin, "POST", path, { userIds: [viewer, "12", viewer], version: 0 });
    expect(named.body).toEqual({ userIds: ["12", viewer], version: 1, yourId: admin });
    expect(await send(admin, "POST", path, { userIds: [viewer, "12", viewer], version: 0 })).toEqual(named);
    expect((await send(admin, "GET", path)).body).toEqual(named.body);
  });

  it("is refused where somebody else changed it meanwhile, where an id is none, and for whoever connected the app", async () => {
    expect((await send(admin, "POST", path, { userIds: ["13"], version: 0 })).status).toBe(409);
    for (const userIds of [["a"], ["0"], [admin], [viewer, 5], Array.from({ length: 201 }, (_, n) => String(n + 1))]) {
      const answer = await send(admin, "POST", path, { userIds, version: 1 });
      expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining("Nothing was changed") } });
    }
    expect((await send(admin, "GET", path)).body).toMatchObject({ userIds: ["12", viewer], version: 1 });
  });

  it("read everything, and each answer tells them why they may not change it", async () => {
    for (const one of ["/api/home/today", "/api/plays", "/api/settings/access", path]) {
      const answer = await send(viewer, "GET", one);
      expect(answer.status).toBe(200);
      expect(answer.body.viewOnly).toMatch(/see everything in Touchstone and change nothing/);
      expect((await send("5", "GET", one)).body).not.toHaveProperty("viewOnly");
    }
    const { why } = (await send(viewer, "GET", "/api/settings/access")).body;
    expect(why).toMatch(/chose so/);
  });

  it.each(writes)("are refused with a sentence: %s", async (route) => {
    const answer = await send(viewer, "POST", filledIn(route), {});
    expect(answer).toMatchObject({ status: 403, body: { message: expect.stringContaining("Nothing was changed.") } });
  });

  it("may ask what a model would do, which changes nothing", async () => {
    const answer = await send(viewer, "POST", "/api/models/form", {});
    expect(answer.status).not.toBe(403);
  });

  it("never binds whoever connects the app afterwards", async () => {
    await ctx.db
      .updateTable("portals")
      .set({ installed_by: Number(viewer) })
      .where("portal_id", "=", portalId)
      .execute();
    expect((await send(viewer, "GET", path)).body).not.toHaveProperty("viewOnly");
    expect((await send(viewer, "POST", path, { userIds: [], version: 1 })).status).toBe(200);
  });
});
