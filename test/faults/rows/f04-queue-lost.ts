import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { count, worst } from "../figures.ts";
import { playTrial } from "../parts/play-trial.ts";
import type { Stage } from "../parts/stage.ts";
import { waitUntilWoken, wipeQueue } from "../parts/wipe-queue.ts";
import type { Workload } from "../parts/workload.ts";
import type { Row } from "../row.ts";
import { backends } from "../size.ts";

const killsEach = 10;
const wipesEach = 2;
/** performance.md §6.2: the sweeper re-wakes ≤ 5 s. */
const mostSecondsToWake = 5;
/** Longer than changes gather on a stage. */
const gatheredMs = 1_000;

/** On PostgreSQL the queue has no process of its own: there its tables are emptied as often. */
export const f04: Row = {
  name: "F4",
  description: "kill -9 of Redis, and a queue that forgets everything",
  seeds: 5,
  backends,
  run: (trial) =>
    playTrial(trial, async (stage, workload) => {
      const random = createRandom("F4", trial.seed);
      const { redis } = trial.ground;
      const kills = stage.redisUrl ? Math.ceil(killsEach * trial.size.faults) : 0;
      const wipes = Math.ceil((stage.redisUrl ? wipesEach : killsEach + wipesEach) * trial.size.faults);
      const share = 1 / (kills + wipes + 1);
      for (let made = 0; made < kills; made++) {
        workload.play(share);
        await sleep(random.int(0, 500));
        await redis.kill();
        await sleep(random.int(0, 300));
        await redis.restart();
      }
      let secondsToWake = 0;
      for (let made = 0; made < wipes; made++) {
        workload.play(share);
        await sleep(random.int(20, 300));
        await wipeQueue(stage);
        secondsToWake = Math.max(secondsToWake, await waitUntilWoken(stage, trial.patienceMs));
      }
      secondsToWake = Math.max(secondsToWake, await wakeWithNothingToFollow(stage, workload, trial.patienceMs));
      return {
        kills: count(kills),
        wipes: count(wipes),
        "seconds to wake": worst(secondsToWake, mostSecondsToWake),
      };
    }),
};

/** A later change wakes what lies there as well: here nobody works until the last one is stored, and then the queue forgets it. */
async function wakeWithNothingToFollow(stage: Stage, workload: Workload, patienceMs: number): Promise<number> {
  for (const worker of stage.crew.workers) await stage.crew.kill(worker);
  workload.playRest();
  await stage.standIn.webhooks.settled();
  // The web server wakes a portal when its changes have gathered: before the queue forgets, too.
  await sleep(gatheredMs);
  await wipeQueue(stage);
  await Promise.all(stage.crew.workers.map((worker) => stage.crew.replace(worker)));
  return waitUntilWoken(stage, patienceMs);
}
