import { beforeAll, describe, expect, it } from "@jest/globals";
import { askDatabase } from "../support/ask-database.ts";
import { burstChanges } from "../support/burst.ts";
import { companyIdAt, plainPortal } from "../support/plain-portal.ts";
import { type Results, readResults } from "../support/read-results.ts";
import { startWorld, type World, type WorldOptions } from "../support/world.ts";

const nowAt = Date.now();
const size = { companies: 40, peopleEach: 5, nowAt };
/** Longer than the balancer takes to see that a process is going. */
const env = { SETTLE_MS: "50", LEASE_MS: "5000", DRAIN_MS: "1000" };
/** Eight processes start one after the other, on a machine that may be busy. */
const patienceMs = 240_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const start = (options: WorldOptions) =>
  startWorld({ ...options, env, seed: plainPortal({ portalId: 4_711_800, ...size }) });

/** Changes in a trickle that lasts until `during` is over, all of them played at the end. */
async function trickle(world: World, during: () => Promise<void>): Promise<Results> {
  const changes = burstChanges(world.crm, size);
  let over = false;
  const play = async () => {
    for (const change of changes) {
      change();
      if (!over) await sleep(20);
    }
  };
  const beside = during().finally(() => {
    over = true;
  });
  await Promise.all([play(), beside]);
  await world.settled();
  return readResults(world.databaseUrl, world, nowAt);
}

/** Each process is told to stop, another takes its place, and so on. */
async function restartAll(world: World): Promise<number[]> {
  const exits: number[] = [];
  const roles = ["web", "web", "worker", "worker"] as const;
  for (const [index, role] of roles.entries()) {
    await world.startProcess(role);
    exits.push((await world.processes[index]?.stop()) ?? -1);
  }
  return exits;
}

/** A card that is opened again and again; what it was answered. */
function readCards(world: World) {
  const statuses = new Map<number, number>();
  let over = false;
  const reading = (async () => {
    for (let n = 0; !over; n += 1) {
      const { status } = await world.ask(`/api/accounts/${companyIdAt(n % size.companies)}`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await sleep(10);
    }
  })();
  return {
    stop: async () => {
      over = true;
      await reading;
      return statuses;
    },
  };
}

/** Every turn of a schedule writes itself down, with the moment before which there must be no next one. */
const noteTurns = (world: World) =>
  askDatabase(
    world.databaseUrl,
    `CREATE TABLE turns (n bigserial, name text, at timestamptz, next_run_at timestamptz);
     CREATE FUNCTION note_turn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO turns (name, at, next_run_at) VALUES (NEW.name, now(), NEW.next_run_at); RETURN NEW; END $$;
     CREATE TRIGGER note_turn AFTER INSERT OR UPDATE ON schedules FOR EACH ROW WHEN (NEW.next_run_at > now() + interval '1 second')
       EXECUTE FUNCTION note_turn();`,
  );

describe("two web processes and two workers that are replaced one by one", () => {
  let clean: Results;
  beforeAll(async () => {
    const world = await start({});
    try {
      await world.install();
      clean = await trickle(world, async () => undefined);
    } finally {
      await world.stop();
    }
  }, patienceMs);

  it.each(["postgres", "redis"] as const)(
    "drop no request and lose no work, and only one of them keeps the schedules, on %s",
    async (queue) => {
      const world = await start({ queue, topology: "balanced" });
      try {
        await world.install();
        await noteTurns(world);
        const cards = readCards(world);
        let exits: number[] = [];
        const results = await trickle(world, async () => {
          exits = await restartAll(world);
        });
        const statuses = await cards.stop();
        expect(exits).toEqual([0, 0, 0, 0]);
        expect(world.balancer?.dropped).toEqual([]);
        expect([...statuses.keys()]).toEqual([200]);
        expect(new Set(world.standIn.webhooks.sent.map((sent) => sent.outcome))).toEqual(new Set([204]));
        expect(world.balancer?.answered.size).toBe(4);
        expect(results).toEqual(clean);
        const early = await askDatabase(
          world.databaseUrl,
          `SELECT t.name FROM turns t JOIN turns l ON l.name = t.name AND l.n < t.n AND l.next_run_at > t.at`,
        );
        expect(early).toEqual([]);
        const [turns] = await askDatabase<{ n: number }>(world.databaseUrl, "SELECT count(*)::int AS n FROM turns");
        expect(turns?.n).toBeGreaterThan(2);
      } finally {
        await world.stop();
      }
    },
    patienceMs,
  );
});
