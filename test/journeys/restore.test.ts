import { describe, expect, it } from "@jest/globals";
import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { askDatabase } from "../support/ask-database.ts";
import { copyDatabase } from "../support/copy-database.ts";
import { playChanges } from "../support/play-changes.ts";
import { type Results, readResults } from "../support/read-results.ts";
import { statusOf } from "../support/reconciled.ts";
import { startWorld, type World, type WorldOptions } from "../support/world.ts";

const nowAt = Date.now();
const seed = () => demoPortal({ nowAt, companies: 40, contacts: 200 });
const start = (options: WorldOptions = {}) => startWorld({ ...options, seed: seed(), env: { SETTLE_MS: "50" } });

async function cleanRun(): Promise<Results> {
  const world = await start();
  try {
    await world.install();
    playChanges(world.crm, nowAt);
    await world.settled();
    return await readResults(world.databaseUrl, world, nowAt);
  } finally {
    await world.stop();
  }
}

/** The copy was taken an hour ago: what it says of time is an hour old. */
const age = (world: World) =>
  askDatabase(
    world.databaseUrl,
    `WITH s AS (UPDATE schedules SET next_run_at = next_run_at - interval '1 hour')
     UPDATE portals SET installed_at = installed_at - interval '1 hour', token_expires_at = token_expires_at - interval '1 hour'`,
  );

describe("a database that was restored from a copy an hour old", () => {
  it.each(["postgres", "redis"] as const)(
    "comes by itself to the scores of a clean run, and HubSpot too, on %s",
    async (queue) => {
      const [clean, world] = await Promise.all([cleanRun(), start({ queue })]);
      try {
        await world.install();
        expect(await world.processes[0]?.stop()).toBe(0);
        const copy = await copyDatabase(world.databaseUrl);
        await world.startProcess("all");
        playChanges(world.crm, nowAt);
        // Nobody but the lost hour knows of this answer, and HubSpot holds what came of it.
        const judged = world.crm.find("companies", {}).at(-1)?.id ?? "";
        await world.ask(`/api/accounts/${judged}/judgements`, "POST", {
          criterion: "change_capability",
          rung: "strong",
        });
        await world.settled();
        expect(await world.processes.at(-1)?.stop()).toBe(0);
        await copy.restore();
        await age(world);
        await world.startProcess("all");
        await world.until("the comparison is over", async () => (await statusOf(world)).reconcile?.finishedAt != null);
        await world.settled();
        expect(await readResults(world.databaseUrl, world, nowAt)).toEqual(clean);
        // The poll is due as well, and either may be the first to come upon a difference.
        const runs = await askDatabase<{ drift: object }>(world.databaseUrl, "SELECT drift FROM reconciles");
        expect(Object.assign({}, ...runs.map(({ drift }) => drift))).toMatchObject({
          changed: expect.any(Number),
          outputs: expect.any(Number),
        });
        await copy.drop();
      } finally {
        await world.stop();
      }
    },
    180_000,
  );
});
