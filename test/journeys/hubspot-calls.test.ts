import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { SeedData, SeedRecord } from "../../hubspot-stand-in/seed-data.ts";
import { readResults } from "../support/read-results.ts";
import { startWorld, type World } from "../support/world.ts";

const companies = 100;
const peopleEach = 5;
const mostCalls = 12;
const nowAt = Date.now();
const companyId = (index: number) => String(4_000_000_000 + index);
const personId = (index: number) => String(5_000_000_000 + index);

/** 120 companies with five people each; 100 of them will change. */
function seed(): SeedData {
  const base = { createdAt: nowAt - 1e9, updatedAt: nowAt - 1e9 };
  const records: SeedRecord[] = [];
  for (let company = 0; company < companies + 20; company++) {
    const id = companyId(company);
    records.push({
      ...base,
      type: "companies",
      id,
      properties: { name: `Company ${company}`, numberofemployees: "30" },
    });
    for (let person = 0; person < peopleEach; person++) {
      const own = personId(company * peopleEach + person);
      const links = [{ type: "companies", id, primary: true } as const];
      records.push({ ...base, type: "contacts", id: own, properties: { jobtitle: "Analyst" }, links });
    }
  }
  return {
    portal: { portalId: 4_711_100, name: "A hundred", timeZone: "Europe/Madrid", currency: "EUR" },
    owners: [{ id: "1", userId: 1, email: "o@example.com", firstName: "O", lastName: "O" }],
    records: [records],
  };
}

/** A user's import: every company and every person gets other values, some people roles, some another company. */
function changeEverything({ crm }: World): void {
  for (let company = 0; company < companies; company++) {
    crm.update("companies", companyId(company), { numberofemployees: "700", industry: "COMPUTER_SOFTWARE" });
    for (let person = 0; person < peopleEach; person++) {
      const at = new Date(nowAt - (1 + person) * 3_600_000).toISOString();
      crm.update("contacts", personId(company * peopleEach + person), {
        jobtitle: "Chief Technology Officer",
        hs_email_last_open_date: at,
        ...(person === 0 && { hs_buying_role: "CHAMPION", hs_email_last_click_date: at }),
      });
    }
  }
  for (let moved = 0; moved < 20; moved++) {
    const person = { type: "contacts", id: personId(moved * peopleEach + 1) } as const;
    crm.associate(person, { type: "companies", id: companyId(moved + 1) }, true);
  }
}

describe("what a change costs in calls to HubSpot", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ seed: seed() });
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
    expect(world.standIn.requestLog.total(world.portalId)).toBeLessThanOrEqual(mostCalls);
  });

  it("asks nothing of HubSpot when its own results come back as webhooks", async () => {
    world.standIn.requestLog.reset();
    await world.settled();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(world.standIn.requestLog.total()).toBe(0);
  });
});
