import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { atLeastInAll, count, type Figure } from "../figures.ts";
import { forgetWriting } from "../parts/forget-writing.ts";
import { catchAt, points } from "../parts/kill-at.ts";
import { playTrial } from "../parts/play-trial.ts";
import type { Row } from "../row.ts";
import { backends } from "../size.ts";

/** Two at each point and four at no point in particular: in five seeds ten at each. */
const rounds = 2;
const atRandom = 4;

export const f02: Row = {
  name: "F2",
  description: "kill -9 of workers, at known moments between HubSpot's answer and our commit and at random ones",
  seeds: 5,
  backends,
  run: (trial) =>
    playTrial(trial, async (stage, workload) => {
      const { crew } = stage;
      const forgotten = await forgetWriting(stage, trial);
      // performance.md §6.2: each named point at least five times, in all seeds together.
      const atEachPoint = trial.size.faults < 1 ? 1 : 5;
      const random = createRandom("F2", trial.seed);
      const figures: Record<string, Figure> = {};
      const planned = Array.from({ length: Math.ceil(rounds * trial.size.faults) }, () => points).flat();
      const share = 1 / (planned.length + atRandom);
      for (const point of planned) {
        workload.play(share);
        const dead = await catchAt(crew, point, crew.kill);
        figures[`at "${point.name}"`] = atLeastInAll(
          (figures[`at "${point.name}"`]?.value ?? 0) + (dead ? 1 : 0),
          atEachPoint,
        );
        if (dead) await crew.replace(dead);
      }
      for (let made = 0; made < atRandom; made++) {
        workload.play(share);
        await sleep(random.int(0, 600));
        const dead = crew.workers[random.int(0, 1)];
        if (!dead) throw new Error("there is no such worker");
        await crew.kill(dead);
        await crew.replace(dead);
      }
      return async () => ({ kills: count(planned.length + atRandom), ...figures, ...(await forgotten()) });
    }),
};
