import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { count, worst } from "../figures.ts";
import { playTrial } from "../parts/play-trial.ts";
import { waitUntilReady } from "../parts/wait-until-ready.ts";
import type { Row } from "../row.ts";
import { backends } from "../size.ts";

const killsEach = 10;
/** performance.md §6.2: service back ≤ 2 s after the database. */
const mostSecondsBack = 2;

export const f03: Row = {
  name: "F3",
  description: "kill -9 of PostgreSQL under load, on the same files",
  seeds: 5,
  backends,
  run: (trial) =>
    playTrial(trial, async ({ appUrl }, workload) => {
      const random = createRandom("F3", trial.seed);
      const { postgres } = trial.ground;
      const kills = Math.ceil(killsEach * trial.size.faults);
      let secondsBack = 0;
      for (let made = 0; made < kills; made++) {
        workload.play(1 / kills);
        await sleep(random.int(0, 800));
        await postgres.kill();
        await sleep(random.int(0, 300));
        await postgres.restart();
        secondsBack = Math.max(secondsBack, await waitUntilReady(appUrl, trial.patienceMs));
      }
      return { kills: count(kills), "seconds back": worst(secondsBack, mostSecondsBack) };
    }),
};
