import { describe, expect, it } from "@jest/globals";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { playChanges } from "../support/play-changes.ts";
import { readResults } from "../support/read-results.ts";
import { startWorld, type WorldOptions } from "../support/world.ts";

const nowAt = Date.now();
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Six rounds of the same changes to and fro, so that records change again while they are on their way. */
async function play(options: WorldOptions) {
  const world = await startWorld({
    ...options,
    env: { SETTLE_MS: "50" },
    seed: demoPortal({ nowAt, companies: 40, contacts: 200 }),
  });
  try {
    await world.install();
    const companies = world.crm.find("companies", {}).map(({ id }) => id);
    // What is read is old when it arrives: changes of the meantime must not get lost.
    world.standIn.faults.add({ kind: "slow", path: "/batch/", delayMs: 150, times: 1_000 });
    playChanges(world.crm, nowAt);
    for (let round = 0; round < 6; round++) {
      for (const id of companies) {
        if (world.crm.get("companies", id)?.id !== id) continue;
        world.crm.update("companies", id, { numberofemployees: String(100 + round * 150), country: "Spain" });
      }
      await sleep(120);
    }
    await sleep(400);
    world.standIn.faults.clear();
    await world.settled();
    const results = await readResults(world.databaseUrl, world, nowAt);
    return { results, requests: world.standIn.webhooks.sent };
  } finally {
    await world.stop();
  }
}

describe("T31 the order and number of deliveries", () => {
  it("T31 does not matter: shuffled and doubled events give the same snapshots, ledgers and properties", async () => {
    const clean = await play({});
    const mixed = await play({
      topology: "split",
      switches: { webhookDuplicates: true, webhookReorder: true, uniqueEventIds: false },
    });
    expect(mixed.results).toEqual(clean.results);
    const count = ({ requests }: typeof clean) => requests.reduce((sum, { events }) => sum + events.length, 0);
    expect(count(mixed)).toBeGreaterThan(count(clean) * 1.2);
  });
});
