import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { companyIdAt, plainPortal } from "../support/plain-portal.ts";
import { readResults } from "../support/read-results.ts";
import { resizeAll } from "../support/resize-all.ts";
import { startWorld, type World } from "../support/world.ts";

const nowAt = Date.now();
const companies = 100;
const seed = () => plainPortal({ portalId: 4_711_201, companies, peopleEach: 1, nowAt });
const env = { SETTLE_MS: "100" };
const writes = "/companies/batch/update";

describe("results that HubSpot does not take", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ seed: seed(), env });
    await world.install();
  });
  afterAll(() => world?.stop());

  it("sends a row again that HubSpot did not find though it is there", async () => {
    world.standIn.faults.add({ kind: "partialFailure", path: writes, ids: [3, 4, 5].map(companyIdAt) });
    resizeAll(world.crm, companies, "700");
    await world.settled();
    expect((await world.app.status()).failedWrites).toBe(3);
    await world.until("the rows were sent again", async () => (await world.app.status()).failedWrites === 0);
    await readResults(world.databaseUrl, world, nowAt);
  });

  it("makes a property again that somebody deleted, and fills it", async () => {
    const store = world.standIn.portals.get(world.portalId)?.properties;
    const definition = store?.find("companies", "touchstone_coverage");
    if (definition) store?.put("companies", { ...definition, archivedAt: Date.now() });
    resizeAll(world.crm, companies, "30");
    world.crm.update("companies", companyIdAt(0), { lifecyclestage: "opportunity", industry: "COMPUTER_SOFTWARE" });
    await world.settled();
    expect(store?.find("companies", "touchstone_coverage")).toBeDefined();
    await readResults(world.databaseUrl, world, nowAt);
    expect((await world.app.status()).failedWrites).toBe(0);
  });
});

describe("a HubSpot that does not answer at all", () => {
  it("gives up on the request and ends with the right scores", async () => {
    const world = await startWorld({ seed: seed(), env });
    try {
      await world.install();
      world.standIn.faults.add({ kind: "hang", path: writes });
      resizeAll(world.crm, companies, "700");
      await world.settled();
      expect(Object.keys(await readResults(world.databaseUrl, world, nowAt))).toHaveLength(companies);
    } finally {
      await world.stop();
    }
  });
});

describe("a record that an admin's rule refuses", () => {
  it("is set aside and shown, the others are written, and it follows once it is repaired", async () => {
    const bad = companyIdAt(42);
    const world = await startWorld({ seed: seed(), settings: { requiredProperties: { companies: ["phone"] } }, env });
    try {
      world.crm.update("companies", bad, { phone: "" });
      await world.install();
      expect(await world.app.status()).toMatchObject({ scored: companies, written: companies - 1, failedWrites: 1 });
      expect(world.property(bad, "touchstone_score")).toBeNull();
      const calls = world.standIn.requestLog.counts(world.portalId);
      expect(calls["POST /crm/objects/2026-09/companies/batch/update"]).toBeLessThanOrEqual(16);
      world.standIn.requestLog.reset();
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      expect(world.standIn.requestLog.total()).toBe(0);
      world.crm.update("companies", bad, { phone: "+34 600 000 001", numberofemployees: "700" });
      await world.settled();
      expect(await world.app.status()).toMatchObject({ written: companies, failedWrites: 0 });
      await readResults(world.databaseUrl, world, nowAt);
    } finally {
      await world.stop();
    }
  });
});
