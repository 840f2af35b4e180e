import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { count } from "../figures.ts";
import type { Post } from "../parts/crew.ts";
import { drawShortTrouble } from "../parts/hubspot-trouble.ts";
import { untilMet } from "../parts/pass-hours.ts";
import { playTrial } from "../parts/play-trial.ts";
import type { Stage } from "../parts/stage.ts";
import { wipeQueue } from "../parts/wipe-queue.ts";
import type { Row, Trial } from "../row.ts";
import { backends } from "../size.ts";

const killsEach = 30;
/** Faults of HubSpot beside a kill, at most. */
const mostFaults = 3;

/** Everything dies, also while something else is still coming back, and HubSpot fails meanwhile. */
export const f05: Row = {
  name: "F5",
  description:
    "kill -9 of web, workers, PostgreSQL and Redis in any order (Redis's twin: emptied queue tables), and HubSpot fails",
  seeds: 20,
  backends,
  run: (trial) =>
    playTrial(trial, async (stage, workload) => {
      const random = createRandom("F5", trial.seed);
      const kills = Math.ceil(killsEach * trial.size.faults);
      const made: Record<string, number> = { web: 0, worker: 0, postgres: 0, queue: 0 };
      const { faults } = stage.standIn;
      faults.seed(trial.seed);
      const returns: Promise<void>[] = [];
      for (let turn = 0; turn < kills; turn++) {
        workload.play(1 / kills);
        for (let planned = random.int(0, mostFaults); planned > 0; planned--) {
          const portal = workload.portals[random.int(0, workload.portals.length - 1)];
          if (portal) faults.add({ ...drawShortTrouble(random), portalId: portal.portalId });
        }
        await sleep(random.int(0, 400));
        const what = random.pick(["web", "worker", "worker", "postgres", "queue"]);
        const victim = what === "web" ? stage.crew.web : stage.crew.workers[random.int(0, 1)];
        made[what] = (made[what] ?? 0) + 1;
        if (what === "postgres") await crashPostgres(trial, random.int(0, 300));
        else if (what === "queue") await crashQueue(trial, stage, random.int(0, 300));
        else if (victim) returns.push((await crash(stage, victim, returns)).isBack);
      }
      await Promise.all(returns);
      workload.playRest();
      await untilMet(stage, 6);
      const met = Object.values(faults.met()).reduce((sum, times) => sum + times, 0);
      const told = { ...made, "faults of HubSpot": met };
      return { kills: count(kills), ...Object.fromEntries(Object.entries(told).map(([name, n]) => [name, count(n)])) };
    }),
};

async function crashPostgres({ ground }: Trial, awayMs: number): Promise<void> {
  await ground.postgres.kill();
  await sleep(awayMs);
  await ground.postgres.restart();
}

async function crashQueue({ ground }: Trial, stage: Stage, awayMs: number): Promise<void> {
  if (!stage.redisUrl) {
    await wipeQueue(stage);
    return;
  }
  await ground.redis.kill();
  await sleep(awayMs);
  await ground.redis.restart();
}

/** One that is still coming back is killed once it is there. */
async function crash({ crew }: Stage, victim: Post, returns: readonly Promise<void>[]) {
  if (!victim.isAlive) await Promise.all(returns);
  await crew.kill(victim);
  const isBack = crew.replace(victim);
  // Awaited at the end; until then nobody listens.
  isBack.catch(() => undefined);
  return { isBack };
}
