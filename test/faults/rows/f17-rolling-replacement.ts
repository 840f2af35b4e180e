import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { companyIdAt } from "../../support/plain-portal.ts";
import { count, none } from "../figures.ts";
import { playTrial } from "../parts/play-trial.ts";
import { hirePostman } from "../parts/postman.ts";
import type { Workload } from "../parts/workload.ts";
import type { Row } from "../row.ts";
import { backends } from "../size.ts";

const swapsEach = 10;

/** Behind a balancer, as docs/operations.md says: the next one is ready before the one before it is told to stop. */
export const f17: Row = {
  name: "F17",
  description: "every process replaced one by one under load",
  seeds: 2,
  backends,
  run: (trial) =>
    playTrial(trial, async (stage, workload) => {
      const random = createRandom("F17", trial.seed);
      const { crew } = stage;
      const balancer = await hirePostman(() => crew.web.process.url);
      stage.detour(balancer.url);
      const reader = readCards(workload);
      const swaps = Math.ceil(swapsEach * trial.size.faults);
      let unclean = 0;
      try {
        for (let made = 0; made < swaps; made++) {
          workload.play(1 / swaps);
          await sleep(random.int(0, 200));
          const code = await crew.relieve(crew.posts[made % crew.posts.length] ?? crew.web);
          if (code !== 0) unclean += 1;
        }
        workload.playRest();
        await stage.standIn.webhooks.settled();
      } finally {
        const cards = await reader.stop();
        stage.detour(crew.web.process.url);
        await balancer.stop();
        unclean += cards.failed;
      }
      return { swaps: count(swaps), "requests refused": none(balancer.refused), "unclean stops": none(unclean) };
    }),
};

/** Somebody looks at one account after the other all the while. */
function readCards({ portals }: Workload) {
  let isOver = false;
  let failed = 0;
  const reading = (async () => {
    for (let turn = 0; !isOver; turn++) {
      const answer = await portals[turn % portals.length]?.ask(`/api/accounts/${companyIdAt(turn % 10)}`);
      if (!answer || answer.status >= 500) failed += 1;
      await sleep(20);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await reading;
      return { failed };
    },
  };
}
