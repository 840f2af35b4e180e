import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { companyIdAt, personIdAt, plainPortal } from "../support/plain-portal.ts";
import { readResults } from "../support/read-results.ts";
import { startWorld, type World } from "../support/world.ts";

const companies = 100;
const peopleEach = 5;
const mostCalls = 12;
const nowAt = Date.now();
/** A user's import: every company and every person gets other values, some people roles, some another company. */
function changeEverything({ crm }: World): void {
  for (let company = 0; company < companies; company++) {
    crm.update("companies", companyIdAt(company), { numberofemployees: "700", industry: "COMPUTER_SOFTWARE" });
    for (let person = 0; person < peopleEach; person++) {
      const at = new Date(nowAt - (1 + person) * 3_600_000).toISOString();
      crm.update("contacts", personIdAt(company * peopleEach + person), {
        jobtitle: "Chief Technology Officer",
        hs_email_last_open_date: at,
        ...(person === 0 && { hs_buying_role: "CHAMPION", hs_email_last_click_date: at }),
      });
    }
  }
  for (let moved = 0; moved < 20; moved++) {
    const person = { type: "contacts", id: personIdAt(moved * peopleEach + 1) } as const;
    crm.associate(person, { type: "companies", id: companyIdAt(moved + 1) }, true);
  }
}

describe("what a change costs in calls to HubSpot", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      seed: plainPortal({ portalId: 4_711_100, companies: companies + 20, peopleEach, nowAt }),
    });
    await world.install();
  });
  afterAll(() => world?.stop());

  it(`rescores ${companies} changed accounts with ${peopleEach} people each in at most ${mostCalls} calls`, async () => {
    const before = await readResults(world.databaseUrl, world, nowAt);
    world.standIn.requestLog.reset();
    changeEverything(world);
    await world.settled();
    const calls = world.standIn.requestLog.counts(world.portalId);
    process.stdout.write(`${JSON.stringify(calls, null, 2)}\n`);
    const after = await readResults(world.databaseUrl, world, nowAt);
    const changed = Object.keys(after).filter((id) => JSON.stringify(after[id]) !== JSON.stringify(before[id]));
    expect(changed.length).toBeGreaterThanOrEqual(companies);
    // Levels and roles of people go in requests of a hundred.
    const toPeople = calls["POST /crm/objects/2026-09/contacts/batch/update"] ?? 0;
    expect(toPeople).toBeLessThanOrEqual((companies * peopleEach) / 100);
    expect(world.standIn.requestLog.total(world.portalId) - toPeople).toBeLessThanOrEqual(mostCalls);
  });

  it("asks nothing of HubSpot when its own results come back as webhooks", async () => {
    world.standIn.requestLog.reset();
    await world.settled();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(world.standIn.requestLog.total()).toBe(0);
  });
});
