import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { needs } from "../../server/db/inbox.ts";
import { holdUntilGrant } from "../../server/db/pauses.ts";
import { startReconcile } from "../../server/db/reconciles.ts";
import { markStale } from "../../server/db/stale-records.ts";
import { getPortalStatus } from "../../server/install/get-portal-status.ts";
import { firstStep } from "../../server/intake/reconcile/steps.ts";
import { companyIdAt, plainPortal } from "../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../support/quiet-portal.ts";

let portal: QuietPortal;
const open = async (portalId: number, missingScopes: readonly string[]) => {
  const seed = plainPortal({ portalId, companies: 3, peopleEach: 1, nowAt: Date.now() });
  portal = await createQuietPortal(seed, { missingScopes });
};

/** A night, a company that came back, and an event about an email. */
async function liveADay(): Promise<void> {
  const { ctx, portalId } = portal;
  await startReconcile(ctx.db, portalId, { scope: "full", step: firstStep("full"), now: ctx.now() });
  await portal.reconcile();
  await markStale(ctx.db, portalId, [
    { objectType: "companies", objectId: companyIdAt(0), needs: needs.properties | needs.neighbours },
    { objectType: "emails", objectId: "7", needs: needs.properties },
  ]);
  await portal.work();
}

const forbidden = () => portal.standIn.requestLog.entries().filter(({ status }) => status === 403).length;
const aboutEmails = () => portal.standIn.requestLog.entries().filter(({ path }) => path.includes("emails")).length;
const letters = () => portal.ctx.db.selectFrom("dead_letters").select("subject").execute();
const waiting = () => portal.ctx.db.selectFrom("stale_records").select("object_type").execute();

describe("a portal whose grant lacks emails", () => {
  beforeAll(() => open(4_741, ["sales-email-read"]));
  afterAll(() => portal?.stop());

  it("is never asked for them: not at first, nor at night, nor when a company comes back or an event names one", async () => {
    await liveADay();
    expect(aboutEmails()).toBe(0);
    expect(forbidden()).toBe(0);
    expect(await letters()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });
});

describe("a portal that HubSpot refuses emails for, although it granted them", () => {
  beforeAll(() => open(4_742, []));
  afterAll(() => portal?.stop());

  it("is asked once a night, says so to the admin, and is read on once it may be", async () => {
    const { ctx, portalId, standIn } = portal;
    standIn.faults.add({ kind: "forbidden", path: "emails", times: 1_000 });
    await liveADay();
    standIn.requestLog.reset();
    await liveADay();
    expect(aboutEmails()).toBe(1);
    expect(await letters()).toEqual([]);
    expect((await getPortalStatus(ctx, portalId)).notices).toEqual([expect.stringContaining("read emails any more")]);
    standIn.faults.clear();
    await liveADay();
    expect((await getPortalStatus(ctx, portalId)).notices).toEqual([]);
  });

  it("is held for a quarter of an hour when it cannot do without, then for a day each time, whoever is refused beside it", async () => {
    const { ctx, portalId } = portal;
    const minutes = async () => {
      const { rows } = await sql<{ kind: string; minutes: number }>`
        SELECT kind, round((paused_until - extract(epoch FROM clock_timestamp()) * 1000) / 60000)::int AS minutes
        FROM request_budgets WHERE portal_id = ${portalId} ORDER BY kind`.execute(ctx.db);
      return rows.map((row) => row.minutes);
    };
    const pass = () =>
      sql`UPDATE request_budgets SET paused_until = paused_until - ${86_400_000}::bigint`.execute(ctx.db);
    await holdUntilGrant(ctx.db, portalId);
    await holdUntilGrant(ctx.db, portalId);
    expect(await minutes()).toEqual([15, 15]);
    for (let probe = 0; probe < 3; probe++) {
      await pass();
      await holdUntilGrant(ctx.db, portalId);
      await holdUntilGrant(ctx.db, portalId);
      expect(await minutes()).toEqual([1_440, 1_440]);
    }
    expect((await getPortalStatus(ctx, portalId)).notices).toEqual([expect.stringContaining("asks once a day")]);
  });
});
