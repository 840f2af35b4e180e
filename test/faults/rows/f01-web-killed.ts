import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { count } from "../figures.ts";
import { playTrial } from "../parts/play-trial.ts";
import type { Row } from "../row.ts";
import { backends } from "../size.ts";

const killsEach = 20;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The web server dies while it takes webhooks; HubSpot sends again what got no answer. */
export const f01: Row = {
  name: "F1",
  description: "kill -9 of the web server at random points",
  seeds: 5,
  backends,
  run: (trial) =>
    playTrial(trial, async ({ crew }, workload) => {
      const random = createRandom("F1", trial.seed);
      const kills = Math.ceil(killsEach * trial.size.faults);
      for (let made = 0; made < kills; made++) {
        workload.play(1 / kills);
        // A slice is sent after 20 ms and stored within some 100 ms.
        await sleep(random.int(0, 120));
        await crew.kill(crew.web);
        await crew.replace(crew.web);
      }
      return { kills: count(kills) };
    }),
};
