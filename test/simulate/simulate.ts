import { demoPortal } from "../../hubspot-stand-in/seed/demo-portal.ts";
import { createCrmLife } from "./crm-life.ts";
import { createStateDigest } from "./digest-state.ts";
import type { Scene } from "./invariants/invariant.ts";
import { invariants } from "./invariants.ts";
import type { PlantedFault } from "./planted-faults.ts";
import { startSimulatedWorld } from "./simulated-world.ts";
import { countWeek, emptyWeek, type Week } from "./tally.ts";
import { createTeam } from "./team-at-work.ts";

export interface SimulationOptions {
  /** Address of a PostgreSQL server in which a database of its own is made. */
  readonly serverUrl: string;
  readonly seed: number;
  readonly accounts: number;
  readonly people: number;
  readonly hours: number;
  /** Called when a week is over, and at the end. */
  onWeek?(week: Week): void;
  /** Much more happens than so few accounts would see: a few days show what takes weeks else. */
  readonly isBusy?: boolean;
  /** What a test has the product do wrong. */
  readonly fault?: PlantedFault;
}

export interface Outcome {
  readonly weeks: readonly Week[];
  /** SHA-256 over every state of every step. */
  readonly digest: string;
  /** One line for each state of each hour, with its figure: where two runs part is the first line that differs. */
  readonly states: readonly string[];
  readonly checked: number;
  /** The first invariant that did not hold; the simulation ends there. */
  readonly violation: {
    readonly hour: number;
    readonly invariant: string;
    readonly breaches: readonly string[];
  } | null;
}

const hourMs = 3_600_000;
const weekHours = 168;
/** A Monday, six o'clock UTC. */
const startAt = Date.UTC(2027, 0, 4, 6);

/** Plays hours of a portal's life from a seed, does all work of each, and checks what must hold after it. */
export async function simulate(options: SimulationOptions): Promise<Outcome> {
  const { seed, accounts, people, hours, isBusy = false } = options;
  const portal = demoPortal({ seed, companies: accounts, contacts: people, nowAt: startAt });
  const world = await startSimulatedWorld(options.serverUrl, portal, startAt);
  try {
    await world.work();
    const life = createCrmLife(world.crm, seed, isBusy);
    const team = createTeam(world, life, seed, isBusy);
    const firstCompanies = new Set(world.companies().map(({ id }) => id));
    await team.settleIn();
    await world.work();
    if (options.fault) await world.plant(options.fault);
    const digest = createStateDigest();
    const weeks: Week[] = [];
    let [week, checked] = [emptyWeek(1, world.now()), 0];
    for (let hour = 1; hour <= hours; hour++) {
      await world.step(hourMs);
      week.events += life.playHour(world.now());
      // What customers did is there before the team looks at its lists.
      await world.work();
      week.requests += await team.workHour();
      await world.work();
      await digest.add(world);
      const violation = await check({ world, team, hour, startAt, firstCompanies });
      checked += invariants.length;
      if (hour % weekHours === 0 || hour === hours || violation) {
        weeks.push(await countWeek(world, team, week));
        options.onWeek?.(week);
        week = emptyWeek(weeks.length + 1, world.now());
      }
      if (violation) return { weeks, ...digest.result(), checked, violation: { hour, ...violation } };
    }
    return { weeks, ...digest.result(), checked, violation: null };
  } finally {
    await world.stop();
  }
}

async function check(scene: Scene): Promise<{ invariant: string; breaches: readonly string[] } | null> {
  for (const invariant of invariants) {
    const breaches = await invariant.check(scene);
    if (breaches.length > 0) return { invariant: invariant.name, breaches };
  }
  return null;
}
