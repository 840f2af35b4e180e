import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { countPortalRows } from "../support/ask-database.ts";
import { companyIdAt, plainPortal } from "../support/plain-portal.ts";
import type { PortalAtWork } from "../support/portal-at-work.ts";
import { readResults } from "../support/read-results.ts";
import { resizeAll } from "../support/resize-all.ts";
import { startWorld, type World } from "../support/world.ts";

const nowAt = Date.now();
const companies = 20;
/** Both portals use the same ids for their records. */
const seed = (portalId: number) => plainPortal({ portalId, companies, peopleEach: 2, nowAt });
const company = companyIdAt(7);

describe("two portals in one server", () => {
  let world: World;
  let a: PortalAtWork;
  let b: PortalAtWork;
  const results = (portal: PortalAtWork) => readResults(world.databaseUrl, portal, nowAt);
  beforeAll(async () => {
    world = await startWorld({ seed: seed(4_711_501), env: { SETTLE_MS: "100" } });
    a = world;
    b = world.addPortal(seed(4_711_502));
    await Promise.all([a.install(), b.install()]);
  });
  afterAll(() => world?.stop());

  it("score each portal from its own records, though their ids are the same", async () => {
    const before = await results(b);
    world.standIn.requestLog.reset();
    a.crm.update("companies", company, { name: "Only in A", numberofemployees: "700", industry: "COMPUTER_SOFTWARE" });
    await a.settled();
    expect(await results(b)).toEqual(before);
    expect((await results(a))[company]).not.toEqual(before[company]);
    expect(world.standIn.requestLog.total(b.portalId)).toBe(0);
  });

  it("shows a card the portal that HubSpot signed for, whatever the address asks for", async () => {
    const [own, other] = [await a.view(company), await b.view(company)];
    expect(JSON.stringify(own)).toContain("Only in A");
    expect(JSON.stringify(other)).not.toContain("Only in A");
    const asked = await a.ask(`/api/accounts/${company}?portalId=${b.portalId}`);
    expect(asked.ok ? JSON.stringify(await asked.json()) : "refused").not.toContain("Company 7");
  });

  it("go on for the one while HubSpot makes the other wait", async () => {
    world.standIn.faults.add({ kind: "migrating", portalId: a.portalId, delayMs: 20_000 });
    resizeAll(a.crm, companies, "650");
    await world.until("A has to wait", () => world.standIn.faults.pending().length === 0);
    resizeAll(b.crm, companies, "650");
    await b.settled();
    expect((await a.app.status()).waitingRecords).toBeGreaterThan(0);
    await a.settled();
  });

  it("stop at once for a portal that uninstalls in the middle of its work, and for no other", async () => {
    resizeAll(a.crm, companies, "90");
    world.standIn.uninstall(a.portalId);
    await world.until("the app has noticed", async () => (await a.app.status()).status === "disconnected");
    world.standIn.requestLog.reset();
    resizeAll(b.crm, companies, "90");
    await b.settled();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const strangers = world.standIn.requestLog.entries().filter(({ portalId }) => portalId !== b.portalId);
    expect(strangers).toEqual([]);
    expect((await a.ask(`/api/accounts/${company}`)).status).toBe(404);
    await a.install();
    expect((await a.view(company)).state).toBe("scored");
  });

  it("tell HubSpot when an admin disconnects one, and keep nothing of it", async () => {
    const before = await results(b);
    expect(Object.keys(await countPortalRows(world.databaseUrl, a.portalId)).length).toBeGreaterThan(5);
    world.standIn.requestLog.reset();
    expect((await a.ask("/api/portal/disconnect", "POST", {})).status).toBe(200);
    await world.until("HubSpot is told", () => world.standIn.grant(a.portalId) === null);
    expect(world.standIn.requestLog.counts()).toEqual({ "DELETE /appinstalls/2026-09/external-install": 1 });
    await world.until(
      "nothing of the portal is left",
      async () => Object.keys(await countPortalRows(world.databaseUrl, a.portalId)).length === 0,
    );
    resizeAll(a.crm, companies, "30");
    await world.standIn.webhooks.settled();
    expect(await countPortalRows(world.databaseUrl, a.portalId)).toEqual({});
    expect(await results(b)).toEqual(before);
    await a.install();
    expect(Object.keys(await results(a))).toHaveLength(companies);
  });
});
