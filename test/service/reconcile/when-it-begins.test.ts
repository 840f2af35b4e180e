import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { asPortalId } from "@touchstone/shared/ids.ts";
import { sql } from "kysely";
import { listWaitingReconciles, readReconcile, startReconcile } from "../../../server/db/reconciles.ts";
import { beginReconcile, noticeSilence, wakeReconciles } from "../../../server/intake/reconcile/begin-reconcile.ts";
import { lastNightSlot } from "../../../server/intake/reconcile/night-slot.ts";
import { createSmallContext, portalId, type SmallContext } from "../small-context.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** An hour after the portal's last night: no night comes within the hour, whenever this is run. */
const installedAt = lastNightSlot(Date.now(), "UTC", portalId) + 60 * minuteMs;

describe("when a portal is compared with HubSpot", () => {
  let ctx: SmallContext;
  beforeAll(async () => {
    ctx = await createSmallContext();
    await ctx.install();
    await sql`UPDATE portals SET installed_at = to_timestamp(${installedAt / 1000})`.execute(ctx.db);
    ctx.clock.now = installedAt;
  });
  afterAll(() => ctx?.stop());
  afterEach(async () => {
    await ctx.db.deleteFrom("reconciles").execute();
    await ctx.db.deleteFrom("schedules").execute();
    await ctx.db.deleteFrom("portals").where("portal_id", "<>", portalId).execute();
    ctx.woken.length = 0;
    ctx.clock.now = installedAt;
  });
  const scopes = async () =>
    (await ctx.db.selectFrom("reconciles").select("scope").execute()).map(({ scope }) => scope);
  const finish = () => sql`UPDATE reconciles SET finished_at = ${ctx.clock.now}`.execute(ctx.db);

  it("is not right after the install, which read everything", async () => {
    await wakeReconciles(ctx);
    expect(await scopes()).toEqual([]);
    expect(ctx.woken).toEqual([]);
  });

  it("is every quarter of an hour for what HubSpot only counts", async () => {
    ctx.clock.now += ctx.config.counterPollMs + 1;
    await wakeReconciles(ctx);
    expect(await scopes()).toEqual(["poll"]);
    expect(ctx.woken).toEqual([["reconcile-portal", portalId]]);
    await finish();
    await wakeReconciles(ctx);
    expect((await readReconcile(ctx.db, portalId, "poll"))?.finishedAt).not.toBeNull();
  });

  it("is once a night for everything, however often somebody looks", async () => {
    ctx.clock.now += dayMs;
    for (let look = 0; look < 3; look++) await wakeReconciles(ctx);
    expect(await scopes()).toEqual(["full"]);
    const begun = await readReconcile(ctx.db, portalId, "full");
    await finish();
    ctx.clock.now += minuteMs;
    await wakeReconciles(ctx);
    expect((await readReconcile(ctx.db, portalId, "full"))?.startedAt).toBe(begun?.startedAt);
    await finish();
    ctx.clock.now += dayMs;
    await wakeReconciles(ctx);
    expect((await readReconcile(ctx.db, portalId, "full"))?.startedAt).toBeGreaterThan(begun?.startedAt ?? 0);
  });

  it("is when the installer asks, once however often HubSpot repeats the request", async () => {
    await beginReconcile(ctx, portalId);
    const begun = await readReconcile(ctx.db, portalId, "full");
    ctx.clock.now += 1_000;
    await beginReconcile(ctx, portalId);
    expect(await readReconcile(ctx.db, portalId, "full")).toEqual(begun);
    await finish();
    await beginReconcile(ctx, portalId);
    expect((await readReconcile(ctx.db, portalId, "full"))?.startedAt).toBe(begun?.startedAt);
    ctx.clock.now += 2 * minuteMs;
    await beginReconcile(ctx, portalId);
    expect((await readReconcile(ctx.db, portalId, "full"))?.startedAt).toBe(ctx.clock.now);
  });

  it("is at once after nobody worked for two minutes, and from the beginning though one was under way", async () => {
    await noticeSilence(ctx);
    await noticeSilence(ctx);
    expect(await scopes()).toEqual([]);
    await startReconcile(ctx.db, portalId, { scope: "full", step: "sweep:deals", now: 1 });
    await sql`UPDATE schedules SET next_run_at = now() - interval '3 minutes' WHERE name = 'at-work'`.execute(ctx.db);
    // Several processes start at the same time: one of them notices.
    await Promise.all([noticeSilence(ctx), noticeSilence(ctx), noticeSilence(ctx)]);
    expect(await readReconcile(ctx.db, portalId, "full")).toMatchObject({
      step: "definitions:companies",
      pageAfter: null,
    });
    expect(ctx.lines.filter(({ msg }) => msg.startsWith("nobody worked"))).toHaveLength(1);
  });

  it("is not for more than four portals at a time, and for no portal that went or is being read", async () => {
    const ids = [1, 2, 3, 4, 5, 6].map((n) => asPortalId(9_000 + n));
    for (const id of ids) await ctx.install(id);
    await sql`UPDATE portals SET status = 'disconnected' WHERE portal_id = 9001`.execute(ctx.db);
    await sql`UPDATE portals SET status = 'backfilling' WHERE portal_id = 9002`.execute(ctx.db);
    for (const id of [portalId, ...ids]) await startReconcile(ctx.db, id, { scope: "full", step: "x", now: 1 });
    expect(await listWaitingReconciles(ctx.db, 4)).toHaveLength(4);
    await sql`UPDATE reconciles SET advanced_at = now() WHERE portal_id IN (9003, 9004, 9005)`.execute(ctx.db);
    expect(await listWaitingReconciles(ctx.db, 4)).toEqual([portalId]);
  });
});
