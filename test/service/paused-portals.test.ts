import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { rescoreBatch } from "../../server/accounts/rescore-batch.ts";
import { pauseRequests, resumeRequests } from "../../server/db/budgets.ts";
import { markDirty, priorities } from "../../server/db/dirty-accounts.ts";
import { needs } from "../../server/db/inbox.ts";
import { findWaitingPortals } from "../../server/db/portals.ts";
import { nextReadNo } from "../../server/db/records.ts";
import { markStale } from "../../server/db/stale-records.ts";
import { refreshRecords } from "../../server/intake/refresh-records.ts";
import { saveToMirror } from "../../server/intake/save-to-mirror.ts";
import type { JobName } from "../../server/queue/jobs.ts";
import { createSmallContext, portalId, type SmallContext } from "./small-context.ts";

let ctx: SmallContext;
beforeAll(async () => {
  ctx = await createSmallContext();
  await ctx.install();
  const readNo = await nextReadNo(ctx.db);
  const found = [{ objectId: "1001", properties: { name: "Acme", numberofemployees: "800" } }];
  await ctx.db
    .transaction()
    .execute((trx) =>
      saveToMirror(trx, portalId, { type: "companies", readNo, found, missing: [], linkedIds: [], links: [] }),
    );
});
afterAll(() => ctx?.stop());
afterEach(async () => {
  await sql`TRUNCATE stale_records, dirty_accounts, request_budgets`.execute(ctx.db);
  ctx.hubspotServer.requests.length = 0;
});

const pause = () => pauseRequests(ctx.db, portalId, "general", 3_600_000, "the day's limit");
const person = { objectType: "contacts", objectId: "501", needs: needs.properties };
/** The wakes with their delays, which the small context does not write down. */
function queueOf() {
  const wakes: [JobName, number][] = [];
  const wake = async (name: JobName, _portal: typeof portalId, afterMs = 0) => void wakes.push([name, afterMs]);
  return { wakes, queue: { ...ctx.queue, wake } };
}

describe("a portal that HubSpot wants nothing for", () => {
  it("is asked nothing, says nothing and is not woken by the sweeper until the pause is over", async () => {
    await pause();
    await markStale(ctx.db, portalId, [person]);
    const linesBefore = ctx.lines.length;
    const { wakes, queue } = queueOf();
    for (const _ of [1, 2, 3]) await refreshRecords({ ...ctx, queue }, portalId);
    expect(ctx.hubspotServer.requests).toEqual([]);
    expect(ctx.lines.length).toBe(linesBefore);
    expect(wakes).toEqual([]);
    expect(await findWaitingPortals(ctx.db)).toEqual([]);
    await resumeRequests(ctx.db, portalId);
    expect(await findWaitingPortals(ctx.db)).toEqual([{ portalId, refresh: true, rescore: false }]);
  });

  it("still has its people erased", async () => {
    await pause();
    await markStale(ctx.db, portalId, [{ ...person, needs: needs.erasure }]);
    expect(await findWaitingPortals(ctx.db)).toMatchObject([{ refresh: true }]);
    await refreshRecords(ctx, portalId);
    expect(await ctx.db.selectFrom("stale_records").selectAll().execute()).toEqual([]);
    expect(await ctx.db.selectFrom("erased_people").selectAll().execute()).toHaveLength(1);
  });

  it("is scored on for its cards, and written when the pause is over", async () => {
    await pause();
    await markDirty(ctx.db, portalId, ["1001"], priorities.live);
    const { wakes, queue } = queueOf();
    await rescoreBatch({ ...ctx, queue }, portalId);
    const row = await ctx.db.selectFrom("account_scores").select(["output", "written"]).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ output: { touchstone_score: expect.any(String) }, written: null });
    expect(ctx.hubspotServer.requests).toEqual([]);
    const [again] = wakes.filter(([name]) => name === "rescore-batch");
    expect(again?.[1]).toBeGreaterThan(3_000_000);
  });
});

describe("changes that gather", () => {
  it("hold no job: it ends at once and is woken when the first of them is ripe", async () => {
    await markStale(ctx.db, portalId, [person]);
    const { wakes, queue } = queueOf();
    const config = { ...ctx.config, settleMs: 60_000 };
    await refreshRecords({ ...ctx, queue, config }, portalId);
    expect(ctx.hubspotServer.requests).toEqual([]);
    expect(wakes).toEqual([["refresh-records", expect.any(Number)]]);
    expect(wakes[0]?.[1]).toBeGreaterThan(50_000);
    expect(wakes[0]?.[1]).toBeLessThanOrEqual(60_000);
  });
});
