import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { installApp } from "../../hubspot-stand-in/demo/install-app.ts";
import { plainPortal } from "../support/plain-portal.ts";
import { readResults } from "../support/read-results.ts";
import { startWorld, type World } from "../support/world.ts";

const nowAt = Date.now();
const companies = 2_000;
const peopleEach = 4;
const kills = 2;
/** Types without records cost one page each. */
const emptyTypes = 5;
/** Of a process that is killed: a page of companies, the people of it that are read beside each other, two other types. */
const underWay = 8;

describe("a first reading that is cut off", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      seed: plainPortal({ portalId: 4_711_400, companies, peopleEach, nowAt }),
      env: { LEASE_MS: "2000" },
    });
  });
  afterAll(() => world?.stop());

  const reads = () =>
    world.standIn.requestLog
      .entries()
      .filter(({ method, path }) => path.startsWith("/crm/objects/") && (method === "GET" || path.endsWith("/read")));

  it("goes on at the page where it was, and ends with every account scored", async () => {
    await installApp(world.appUrl, world.portalId);
    for (const read of [15, 50]) {
      await world.until(`${read} pages were read`, () => reads().length >= read);
      await world.processes.at(-1)?.kill();
      await world.startProcess("all");
    }
    await world.settled();
    const needed = companies / 100 + (companies * peopleEach) / 100 + emptyTypes;
    expect(reads().length).toBeLessThanOrEqual(needed + kills * underWay);
    expect(await world.app.status()).toMatchObject({ accounts: companies, scored: companies, written: companies });
    const results = await readResults(world.databaseUrl, world, nowAt);
    const people = Object.values(results).flatMap(({ snapshot }) => snapshot.people);
    expect(people).toHaveLength(companies * peopleEach);
  }, 90_000);
});
