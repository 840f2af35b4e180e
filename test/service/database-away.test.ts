import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { openDatabase } from "../../server/db/database.ts";
import { needs } from "../../server/db/inbox.ts";
import { markStale } from "../../server/db/stale-records.ts";
import { type HttpServer, startHttpServer } from "../../server/http/create-http-server.ts";
import { createLogger } from "../../server/logger.ts";
import { sendSigned } from "./signed-request.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());

const webhook = {
  method: "POST",
  path: "/webhooks",
  body: JSON.stringify([
    {
      portalId,
      subscriptionType: "contact.propertyChange",
      objectId: 501,
      occurredAt: 1_795_341_600_000,
      propertyName: "jobtitle",
    },
  ]),
};
const deliver = async (server: HttpServer) => {
  const { status, text } = await sendSigned(server.url, webhook);
  return { status, view: text === "" ? null : (JSON.parse(text) as { error: string; message: string }) };
};
const countEvents = async () => (await ctx.db.selectFrom("inbox_events").select("dedupe_key").execute()).length;

describe("a webhook that the database does not take", () => {
  it("is put off with 503 while a transaction that does nothing holds its record, and stored afterwards", async () => {
    const server = await startHttpServer(ctx);
    await markStale(ctx.db, portalId, [{ objectType: "contacts", objectId: "501", needs: needs.properties }]);
    await ctx.db.transaction().execute(async (trx) => {
      await sql`SELECT FROM stale_records WHERE portal_id = ${portalId} FOR UPDATE`.execute(trx);
      expect(await deliver(server)).toMatchObject({ status: 503, view: { error: "Unavailable" } });
    });
    expect(await countEvents()).toBe(0);
    expect((await deliver(server)).status).toBe(204);
    expect(await countEvents()).toBe(1);
    await server.stop();
  });

  it("is put off with 503, and a sentence, while the database is away", async () => {
    const away = openDatabase("postgres://touchstone:needle@127.0.0.1:9/x", createLogger("silent"));
    const server = await startHttpServer({ ...ctx, db: away.db });
    const { status, view } = await deliver(server);
    expect(status).toBe(503);
    expect(view?.message).toBe("Our database cannot take this right now. Nothing was changed. Try again in a minute.");
    expect(ctx.rawLog()).not.toContain("needle");
    await server.stop();
    await away.close();
  });
});
