import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { askDatabase } from "../support/ask-database.ts";
import { companyIdAt, plainPortal } from "../support/plain-portal.ts";
import { readResults } from "../support/read-results.ts";
import { statusOf } from "../support/reconciled.ts";
import { resizeAll } from "../support/resize-all.ts";
import { startWorld, type World } from "../support/world.ts";

const nowAt = Date.now();
const companies = 10;

describe("a portal whose scopes change", () => {
  let world: World;
  beforeAll(async () => {
    const seed = plainPortal({ portalId: 4_711_730, companies, peopleEach: 1, nowAt });
    world = await startWorld({ seed, settings: { missingScopes: ["sales-email-read"] }, env: { SETTLE_MS: "50" } });
    await world.install();
  });
  afterAll(() => world?.stop());

  it("keeps its data and its scores when a needed scope goes, says what to do, and asks HubSpot for next to nothing", async () => {
    world.standIn.lackScopes(world.portalId, ["sales-email-read", "crm.objects.companies.read"]);
    world.standIn.requestLog.reset();
    resizeAll(world.crm, companies, "700");
    await world.until("it is said", async () => (await statusOf(world)).notices.length > 0);
    const status = await statusOf(world);
    expect(status.notices.join()).toMatch(/no longer lets Touchstone.*Nothing is lost\. Connect Touchstone again/);
    expect(status).toMatchObject({ status: "ready", scored: companies, waitingRecords: companies });
    expect((await world.view(companyIdAt(0))).state).toBe("scored");
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(world.standIn.requestLog.total(world.portalId)).toBeLessThanOrEqual(4);
  });

  it("goes on where it was when the scope is granted again, also with one that it never had", async () => {
    const email = { hs_timestamp: new Date(nowAt).toISOString(), hs_email_direction: "INCOMING_EMAIL" };
    world.crm.create("emails", email, [{ type: "companies", id: companyIdAt(3) }]);
    world.standIn.lackScopes(world.portalId, []);
    await world.install();
    await world.settled();
    const results = await readResults(world.databaseUrl, world, nowAt + 60_000);
    for (const { snapshot } of Object.values(results)) expect(snapshot.properties.numberofemployees).toBe("700");
    expect(results[companyIdAt(3)]?.snapshot.signals.map(({ kind }) => kind)).toEqual(["email_reply"]);
    expect((await statusOf(world)).notices).toEqual([]);
    const [row] = await askDatabase<{ scopes: string[] }>(world.databaseUrl, "SELECT scopes FROM portals");
    expect(row?.scopes).toContain("sales-email-read");
  });
});
