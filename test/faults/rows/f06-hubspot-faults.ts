import { createRandom } from "../../../hubspot-stand-in/seed/random.ts";
import { atLeast, type Figures, worst } from "../figures.ts";
import { startDirectWorkers } from "../parts/direct-workers.ts";
import { drawTrouble } from "../parts/hubspot-trouble.ts";
import { passHours, untilMet } from "../parts/pass-hours.ts";
import { playTrial } from "../parts/play-trial.ts";
import type { Stage } from "../parts/stage.ts";
import { installWorkload, type Workload } from "../parts/workload.ts";
import type { Row, Trial } from "../row.ts";
import { backends } from "../size.ts";

/** Of each kind in one trial: five seeds on two backends make 200. */
const hitsEach = 20;
const slices = 60;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** HubSpot fails in every way that is documented, and comes back. */
export const f06: Row = {
  name: "F6",
  description: "every fault of HubSpot",
  seeds: 5,
  backends,
  run: (trial) =>
    playTrial(trial, (stage, workload) => suffer(stage, workload, trial), {
      switches: { partialFailureStatus: trial.seed % 2 === 0 ? 200 : 207 },
    }),
};

async function suffer(stage: Stage, workload: Workload, trial: Trial): Promise<Figures> {
  const { seed, size, clean } = trial;
  const workers = await startDirectWorkers(stage, 2);
  try {
    // The same users at the same moments in portals that nothing befalls: what their calls come to is the measure.
    const control = await installWorkload(stage, { seed, size, nowAt: clean.nowAt, firstPortalId: 4_719_000 });
    stage.standIn.requestLog.reset();
    stage.standIn.faults.seed(seed);
    const random = createRandom("F6", seed);
    const times = Math.ceil((hitsEach * size.faults) / workload.portals.length);
    const waiting = workload.portals.map(({ portalId }) => ({ portalId, faults: drawTrouble(random, times) }));
    for (let slice = 1; slice <= slices; slice++) {
      for (const { portalId, faults } of waiting) {
        // All of them in the first nine tenths, so that the last slices meet what is left.
        const due = Math.ceil(faults.length / Math.max(1, slices * 0.9 - slice));
        for (const fault of faults.splice(0, due)) stage.standIn.faults.add({ ...fault, portalId });
      }
      workload.play(1 / slices);
      control.play(1 / slices);
      await sleep(600);
      await passHours(stage);
    }
    await untilMet(stage, 12);
    return judge(stage, workload, control);
  } finally {
    await workers.stop();
    for (const worker of stage.crew.workers) await stage.crew.replace(worker);
  }
}

function judge({ standIn }: Stage, workload: Workload, control: Workload): Figures {
  const calls = ({ portals }: Workload) =>
    portals.reduce((sum, { portalId }) => sum + standIn.requestLog.total(portalId), 0);
  const met = standIn.faults.met();
  const all = Object.values(met).reduce((sum, times) => sum + times, 0);
  // A call that failed has to be made again; and beside each half that is refused there is one that is not.
  const unavoidable = all + (met.refuseBatch ?? 0);
  return {
    ...Object.fromEntries(Object.entries(met).map(([kind, times]) => [kind, atLeast(times, 1)])),
    "calls per call without faults": { value: calls(workload) / calls(control), across: "most" },
    "avoidable calls per call without faults": worst((calls(workload) - unavoidable) / calls(control), 1.3),
  };
}
