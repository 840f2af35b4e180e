import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { priorities } from "../../server/db/dirty-accounts.ts";
import { needs } from "../../server/db/inbox.ts";
import { countStale, markStale } from "../../server/db/stale-records.ts";
import { everything } from "../../server/intake/record-properties.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import type { HubSpotAnswer, HubSpotRequest } from "./local-hubspot.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
});
afterAll(() => ctx?.stop());

/** All of them together take longer than a turn, whatever else the machine does. */
const lookUpMs = 900;
const gone = ["101", "102", "103", "104", "105", "106", "107", "108"];
const live = "7";

/** A HubSpot that lets nobody hurry who looks for records one by one, and in which only one person is left. */
async function answer({ method, body }: HubSpotRequest): Promise<HubSpotAnswer> {
  if (method === "GET") {
    await new Promise((resolve) => setTimeout(resolve, lookUpMs));
    return [404, { category: "OBJECT_NOT_FOUND", message: "no" }];
  }
  const results = body.includes(`"${live}"`) ? [{ id: live, properties: {} }] : [];
  return [200, { status: "COMPLETE", results }];
}

describe("records of the background that have to be looked for one by one", () => {
  it("let a live change go first after a turn, and are all looked for in the end", async () => {
    ctx.hubspotServer.answer = answer;
    const marks = gone.map((objectId) => ({
      objectType: "contacts",
      objectId,
      needs: everything | needs.mergeTrace,
    }));
    await markStale(ctx.db, portalId, marks, priorities.backfill);
    const first = refreshRecords(ctx, portalId);
    while (!ctx.hubspotServer.requests.some(({ method }) => method === "GET"))
      await new Promise((resolve) => setTimeout(resolve, 10));
    await markStale(ctx.db, portalId, [{ objectType: "contacts", objectId: live, needs: needs.properties }]);
    await first;
    expect(await countStale(ctx.db, portalId)).toBeGreaterThan(1);
    expect(ctx.woken).toContainEqual(["refresh-records", portalId]);
    while ((await countStale(ctx.db, portalId)) > 0) await refreshRecords(ctx, portalId);
    const { requests } = ctx.hubspotServer;
    const lookUps = requests.filter(({ method }) => method === "GET").map(({ path }) => path.split("/").at(-1));
    expect([...new Set(lookUps)].sort()).toEqual(gone);
    const liveAt = requests.findIndex(({ body }) => body.includes(`"${live}"`));
    expect(liveAt).toBeLessThan(requests.findLastIndex(({ method }) => method === "GET"));
    const archived = await ctx.db.selectFrom("crm_records").select("object_id").where("archived", "=", true).execute();
    expect(archived.map((row) => row.object_id).sort()).toEqual(gone);
  }, 60_000);
});
