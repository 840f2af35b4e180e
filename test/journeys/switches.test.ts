import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { showcase } from "../../hubspot-stand-in/seed/showcase.ts";
import { type Switches, setSwitches, switchDefinitions } from "../../hubspot-stand-in/switches.ts";
import { playChanges } from "../support/play-changes.ts";
import { type Results, readResults } from "../support/read-results.ts";
import { startWorld, type World } from "../support/world.ts";

/**
 * What the reference marks OBS or UNVERIFIED sits behind a switch of the stand-in. The list is read from there, so that
 * a new switch is tried by itself: one world for each other position, one with all of them, held against one with none.
 */
const nowAt = Date.now();
const flips = Object.entries(switchDefinitions).flatMap(([name, { values }]) =>
  values.slice(1).map((value) => ({ [name]: value })),
);
const allFlipped = Object.assign({}, ...flips) as Record<string, unknown>;
const setups: readonly Record<string, unknown>[] = [{}, allFlipped, ...flips];
/** A world mostly waits: several at a time keep two cores busy. */
const atATime = 4;
const tokenLifeMs = 31 * 60_000;

interface Journey {
  /** After the changes, as webhooks brought them in. */
  readonly changed: Results;
  /** After the portal left and came back, as everything was read again. */
  readonly readAgain: Results;
  readonly callsWhileOut: number;
  readonly failedWrites: number;
}

async function travel(positions: Record<string, unknown>): Promise<Journey> {
  const switches: Partial<Switches> = {};
  setSwitches(switches as Switches, positions);
  const world = await startWorld({
    switches,
    seed: demoPortal({ nowAt, companies: 20, contacts: 80 }),
    // The 403 of a scope that the portal does not grant is part of the journey.
    settings: { missingScopes: ["sales-email-read"] },
    // With their names granted or not, as the switch says: the journey is the same.
    env: { SETTLE_MS: "100", APP_OBJECTS_APPROVED: "true" },
  });
  try {
    await world.install();
    await changeThings(world);
    const changed = await readResults(world.databaseUrl, world, nowAt);
    const callsWhileOut = await leaveAndComeBack(world);
    const readAgain = await readResults(world.databaseUrl, world, nowAt);
    // What HubSpot refused because a person had just been merged away is forgotten with that person.
    await world.until("no write is refused", async () => (await world.app.status()).failedWrites === 0);
    return { changed, readAgain, callsWhileOut, failedWrites: (await world.app.status()).failedWrites };
  } finally {
    await world.stop();
  }
}

async function changeThings(world: World): Promise<void> {
  world.standIn.faults.add({ kind: "searchRateLimit", path: "/batch/read" });
  playChanges(world.crm, nowAt);
  await world.settled();
  expect((await world.view(showcase.cold.id)).state).toBe("unscored");
  world.crm.restore("companies", showcase.cold.id);
  // The token ends while work is under way.
  world.standIn.clock.step(tokenLifeMs);
  world.crm.update("companies", showcase.cold.id, { numberofemployees: "420" });
  await world.settled();
}

/** The portal takes the app out, goes on working, and lets it in again. Returns the calls in between. */
async function leaveAndComeBack(world: World): Promise<number> {
  world.crm.update("companies", showcase.cold.id, { numberofemployees: "430" });
  world.standIn.uninstall(world.portalId);
  world.standIn.clock.step(tokenLifeMs);
  await world.until("the app has noticed", async () => (await world.app.status()).status === "disconnected");
  const before = world.standIn.requestLog.total();
  world.crm.update("companies", showcase.cold.id, { numberofemployees: "440" });
  await world.standIn.webhooks.settled();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const calls = world.standIn.requestLog.total() - before;
  await world.install();
  return calls;
}

describe("the journeys in both positions of every switch", () => {
  const journeys = new Map<string, Promise<Journey>>();
  const keyOf = (positions: Record<string, unknown>) => JSON.stringify(positions);
  beforeAll(async () => {
    const waiting = [...setups];
    const travelAll = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const journey = travel(next);
        journeys.set(keyOf(next), journey);
        await journey.catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: atATime }, travelAll));
  }, 600_000);
  afterAll(() => Promise.allSettled(journeys.values()));

  const journey = async (positions: Record<string, unknown>): Promise<Journey> => {
    const found = await journeys.get(keyOf(positions));
    if (!found) throw new Error("the journey did not begin");
    return found;
  };

  it("scores the whole portal when every switch is where it is by default", async () => {
    const { changed, readAgain } = await journey({});
    expect([changed, readAgain].map((results) => Object.keys(results).length)).toEqual([19, 19]);
  });

  it.each(setups.map((positions) => [nameOf(positions), positions] as const))(
    "ends with the same snapshots, ledgers and properties with %s",
    async (_name, positions) => {
      const [clean, other] = [await journey({}), await journey(positions)];
      expect(other.changed).toEqual(clean.changed);
      expect(other.readAgain).toEqual(clean.readAgain);
      expect(other).toMatchObject({ callsWhileOut: 0, failedWrites: 0 });
    },
  );
});

function nameOf(positions: Record<string, unknown>): string {
  const entries = Object.entries(positions);
  if (entries.length === 0) return "no switch flipped";
  return entries.length > 1 ? "all switches flipped" : entries.map(([name, value]) => `${name} = ${value}`).join();
}
