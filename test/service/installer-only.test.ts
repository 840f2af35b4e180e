import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CostsView } from "@touchstone/shared/roi-api.ts";
import { type HttpServer, startHttpServer } from "../../server/http/create-http-server.ts";
import { cardQuery, sendSigned } from "./signed-request.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

/** The portal was connected by user 77 (small-context.ts). */
const rep = "4711";

describe("what only the person who connected the app may do", () => {
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

  it.each([
    ["/api/portal/disconnect", "{}"],
    ["/api/portal/api-keys", JSON.stringify({ label: "Feed", requestId: "one-two-three" })],
    ["/api/portal/api-keys/1/revoke", "{}"],
  ])("is refused to any other user of the portal, with what to do instead: %s", async (path, body) => {
    const sent = { method: "POST", path: `${path}?${cardQuery({ userId: rep })}`, body };
    const answer = await sendSigned(server.url, sent);
    expect(answer.status).toBe(403);
    expect(answer.text).toMatch(/Only the person who connected.*Nothing was changed.*Connected Apps/);
    expect(await ctx.db.selectFrom("api_keys").selectAll().execute()).toEqual([]);
    const portal = await ctx.db
      .selectFrom("portals")
      .select("status")
      .where("portal_id", "=", portalId)
      .executeTakeFirst();
    expect(portal?.status).toBe("ready");
  });

  it("is not offered to any other user: the costs are shown without a form", async () => {
    const offered = async (userId: string) => {
      const path = `/api/reports/costs?${cardQuery({ userId })}`;
      const answer = await sendSigned(server.url, { method: "GET", path, body: "" });
      return JSON.parse(answer.text) as CostsView;
    };
    expect([(await offered("77")).mayChange, (await offered(rep)).mayChange]).toEqual([true, false]);
    expect((await offered(rep)).text).toContain("Only the person who connected Touchstone to HubSpot enters costs.");
  });
});
