import { setTimeout as sleep } from "node:timers/promises";
import type { Stage } from "./stage.ts";
import { stepRefusals, stepTime } from "./step-time.ts";

const patienceMs = 120_000;
const stepMs = 2_000;

/** Pauses end, and what HubSpot refused is sent again. */
export async function passHours({ databaseUrl }: Stage): Promise<void> {
  await stepTime(databaseUrl);
  await stepRefusals(databaseUrl);
}

/** Until every fault that was planned in HubSpot has been met. Time goes on, or those who wait for an hour would wait for it. */
export async function untilMet(stage: Stage, quietSteps: number): Promise<void> {
  const endAt = Date.now() + patienceMs;
  for (let quiet = 0; quiet < quietSteps; quiet++) {
    await sleep(stepMs);
    await passHours(stage);
    // Records that are gone are written no more, so nobody meets what was planned for them.
    const open = stage.standIn.faults.pending().filter(({ ids }) => !ids);
    if (open.length > 0) quiet = 0;
    if (open.length > 0 && Date.now() > endAt) throw new Error(`never met: ${JSON.stringify(open)}`);
  }
}
