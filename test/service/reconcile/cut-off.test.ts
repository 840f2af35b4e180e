import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { nextReconcile, readReconcile, readReconcileMark, startReconcile } from "../../../server/db/reconciles.ts";
import { HubSpotUnavailable } from "../../../server/hubspot/hubspot-errors.ts";
import { reconcilePortal } from "../../../server/intake/reconcile/reconcile-portal.ts";
import { firstStep } from "../../../server/intake/reconcile/steps.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { personIdAt, plainPortal } from "../../support/plain-portal.ts";
import { createQuietPortal, type QuietPortal } from "../../support/quiet-portal.ts";

const people = 450;

describe("a comparison that is cut off", () => {
  let portal: QuietPortal;
  beforeAll(async () => {
    const seed = plainPortal({ portalId: 4_712_003, companies: 50, peopleEach: 9, nowAt: Date.now() });
    portal = await createQuietPortal(seed);
  }, 30_000);
  afterAll(() => portal?.stop());
  // What a test before this one asked for is no part of it: a budget that is used up would put off what it waits for.
  beforeEach(() => askDatabase(portal.databaseUrl, "DELETE FROM request_budgets"));
  afterEach(() => portal.standIn.faults.clear());

  const begin = () =>
    startReconcile(portal.ctx.db, portal.portalId, { scope: "poll", step: firstStep("poll"), now: portal.ctx.now() });
  const searches = () =>
    portal.standIn.requestLog.counts(portal.portalId)["POST /crm/objects/2026-09/contacts/search"] ?? 0;
  const untilFault = async () => {
    portal.standIn.faults.add({ kind: "serverError", path: "/batch/read", times: 4 });
    await expect(reconcilePortal(portal.ctx, portal.portalId)).rejects.toThrow(HubSpotUnavailable);
  };
  const rename = (title: string) => {
    for (let index = 0; index < people; index++)
      portal.crm.update("contacts", personIdAt(index), { jobtitle: `${title} ${index}` });
  };

  it("goes on at the page where it was: what was saved is saved, the rest is not taken for done", async () => {
    rename("Head of");
    await begin();
    portal.standIn.requestLog.reset();
    // Two answers that take a whole turn.
    portal.standIn.faults.add({ kind: "slow", path: "/contacts/search", delayMs: 2_600, times: 2 });
    await reconcilePortal(portal.ctx, portal.portalId);
    const first = await nextReconcile(portal.ctx.db, portal.portalId);
    expect(first).toMatchObject({ step: "changed:contacts", checked: 400, drift: { changed: 400 } });
    expect((await readReconcileMark(portal.ctx.db, portal.portalId, "poll", "contacts")).changedUntil).toBeNull();
    await untilFault();
    expect(await nextReconcile(portal.ctx.db, portal.portalId)).toEqual(first);
    await portal.reconcile();
    const done = await readReconcile(portal.ctx.db, portal.portalId, "poll");
    expect(done?.drift).toEqual({ changed: people });
    // Three pages, and the one that was cut off once more.
    expect(searches()).toBe(4);
    const { changedUntil } = await readReconcileMark(portal.ctx.db, portal.portalId, "poll", "contacts");
    expect(changedUntil).toBe(done?.startedAt);
  });

  it("is counted once when two workers take the same page", async () => {
    rename("Vice President");
    await begin();
    const both = [0, 1].map(() => reconcilePortal(portal.ctx, portal.portalId).catch(() => undefined));
    await Promise.all(both);
    await portal.reconcile();
    expect((await readReconcile(portal.ctx.db, portal.portalId, "poll"))?.drift).toEqual({ changed: people });
  });

  it("begins again when it stands at a step that this version does not know", async () => {
    await begin();
    await askDatabase(portal.databaseUrl, "UPDATE reconciles SET step = 'ponder:contacts', page_after = '7'");
    await portal.reconcile();
    expect((await readReconcile(portal.ctx.db, portal.portalId, "poll"))?.finishedAt).not.toBeNull();
  }, 30_000);

  it("saves nothing of a portal that took the app away in the middle", async () => {
    rename("Director");
    await begin();
    portal.standIn.faults.add({ kind: "slow", path: "/batch/read", delayMs: 600, times: 10 });
    const running = reconcilePortal(portal.ctx, portal.portalId);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await askDatabase(portal.databaseUrl, "UPDATE portals SET status = 'disconnected', access_token = NULL");
    await expect(running).rejects.toThrow(/not connected/);
    const [row] = await askDatabase<{ n: number }>(
      portal.databaseUrl,
      `SELECT count(*)::int AS n FROM crm_records WHERE properties ->> 'jobtitle' LIKE 'Director%'`,
    );
    expect(row?.n).toBe(0);
  }, 30_000);
});
