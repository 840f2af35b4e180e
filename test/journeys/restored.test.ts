import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { askDatabase } from "../support/ask-database.ts";
import { companyIdAt, personIdAt, plainPortal } from "../support/plain-portal.ts";
import { startWorld, type World } from "../support/world.ts";

/** Found by the fault matrix, rows F2 and F5, seed 1: what was read while a record was in the bin stayed without it. */
describe("a record that comes back from the recycling bin", () => {
  const nowAt = Date.now();
  const [person, company] = [personIdAt(0), companyIdAt(0)];
  let world: World;
  let call: string;
  beforeAll(async () => {
    world = await startWorld({
      seed: plainPortal({ portalId: 4_711_900, companies: 2, peopleEach: 1, nowAt }),
      env: { SETTLE_MS: "50" },
    });
    await world.install();
    const at = new Date(nowAt - 86_400_000).toISOString();
    call = world.crm.create("calls", { hs_call_status: "COMPLETED", hs_timestamp: at }, [
      { type: "contacts", id: person },
    ]);
    await world.settled();
  });
  afterAll(() => world?.stop());

  const linksOf = async (fromType: string) =>
    (
      await askDatabase<{ link: string }>(
        world.databaseUrl,
        `SELECT from_id || ' ' || to_id AS link FROM crm_links WHERE from_type = $1 ORDER BY 1`,
        [fromType],
      )
    ).map(({ link }) => link);
  const touchCall = (status: string) => world.crm.update("calls", call, { hs_call_status: status });

  it("has its activities again, a person's", async () => {
    world.crm.delete("contacts", person);
    touchCall("BUSY");
    await world.settled();
    expect(await linksOf("calls")).toEqual([]);
    world.crm.restore("contacts", person);
    await world.settled();
    expect(await linksOf("calls")).toEqual([`${call} ${person}`]);
  });

  it("has its people again, a company's", async () => {
    world.crm.delete("companies", company);
    world.crm.update("contacts", person, { jobtitle: "Head of Platform" });
    world.crm.associate({ type: "contacts", id: person }, { type: "companies", id: companyIdAt(1) });
    await world.settled();
    expect(await linksOf("contacts")).not.toContain(`${person} ${company}`);
    world.crm.restore("companies", company);
    await world.settled();
    expect(await linksOf("contacts")).toContain(`${person} ${company}`);
  });
});
