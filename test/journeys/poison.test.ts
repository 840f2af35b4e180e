import { describe, expect, it } from "@jest/globals";
import { companyIdAt, personIdAt, plainPortal } from "../support/plain-portal.ts";
import { readResults } from "../support/read-results.ts";
import { resizeAll } from "../support/resize-all.ts";
import { startWorld } from "../support/world.ts";

const nowAt = Date.now();
const companies = 30;

describe("records that no database likes", () => {
  it("hold up neither the records beside them nor themselves", async () => {
    const world = await startWorld({
      seed: plainPortal({ portalId: 4_711_600, companies, peopleEach: 2, nowAt }),
      env: { SETTLE_MS: "100" },
    });
    try {
      world.crm.update("companies", companyIdAt(1), { name: "NUL \u0000 before the first reading" });
      await world.install();
      world.crm.update("companies", companyIdAt(2), {
        name: "NUL \u0000 in a company",
        country: "\ud800 half a letter",
      });
      world.crm.update("contacts", personIdAt(6), { jobtitle: "Chief \u0000 Technology Officer", firstname: "\udfff" });
      world.crm.update("contacts", personIdAt(8), { jobtitle: `CTO ${"x".repeat(60_000)}` });
      resizeAll(world.crm, companies, "700");
      await world.settled();
      const results = await readResults(world.databaseUrl, world, nowAt);
      expect(Object.keys(results)).toHaveLength(companies);
      for (const { snapshot } of Object.values(results)) expect(snapshot.properties.numberofemployees).toBe("700");
      expect(results[companyIdAt(3)]?.snapshot.people.map((person) => person.seniority)).toContain("c_level");
    } finally {
      await world.stop();
    }
  });
});
