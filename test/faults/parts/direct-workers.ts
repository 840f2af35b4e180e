import type { AppProcess } from "../../../hubspot-stand-in/demo/app-process.ts";
import type { Stage } from "./stage.ts";
import { takePort } from "./take-port.ts";

export interface DirectWorkers {
  readonly processes: readonly AppProcess[];
  stop(): Promise<void>;
}

/**
 * Workers in the place of the crew's, with no wire between them and HubSpot: what HubSpot does to a connection reaches them
 * as it is. The caller stops them before the stage is closed.
 */
export async function startDirectWorkers(stage: Stage, howMany: number): Promise<DirectWorkers> {
  for (const worker of stage.crew.workers) await stage.crew.kill(worker);
  const processes: AppProcess[] = [];
  const stop = async () => {
    await Promise.all(processes.map((one) => one.kill()));
  };
  try {
    while (processes.length < howMany)
      processes.push(await stage.launch("worker", await takePort(), stage.standIn.url));
    return { processes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
