import type { Size } from "../size.ts";
import type { Ground } from "./ground.ts";
import { type Outcome, readOutcome } from "./outcome.ts";
import { settle } from "./settle.ts";
import { openStage, type Stage } from "./stage.ts";
import { installWorkload } from "./workload.ts";

export interface CleanRun extends Outcome {
  /** Requests to HubSpot, from the first change to rest. */
  readonly calls: number;
}

/** What each seed ends with when nothing fails: made once, by this tree's program, and kept for all rows and backends. */
export interface CleanRuns {
  readonly nowAt: number;
  of(seed: number, size: Size): Promise<CleanRun>;
  stop(): Promise<void>;
}

export function createCleanRuns(ground: Ground, nowAt: number): CleanRuns {
  const runs = new Map<string, Promise<CleanRun>>();
  let stage: Promise<Stage> | null = null;
  let nextPortalId = 4_800_000;
  const make = async (seed: number, size: Size) => {
    stage ??= openStage({ backend: "postgres", ground, main: null });
    const firstPortalId = nextPortalId;
    nextPortalId += size.portals;
    return runClean(await stage, { seed, size, nowAt, firstPortalId });
  };
  return {
    nowAt,
    of: (seed, size) => {
      const key = `${seed} ${size.portals} ${size.accounts} ${size.changes}`;
      const run = runs.get(key) ?? make(seed, size);
      runs.set(key, run);
      return run;
    },
    stop: async () => {
      const opened = await stage;
      stage = null;
      await opened?.close();
    },
  };
}

async function runClean(stage: Stage, options: Parameters<typeof installWorkload>[1]): Promise<CleanRun> {
  const { portals, playRest } = await installWorkload(stage, options);
  stage.standIn.requestLog.reset();
  playRest();
  await settle(stage);
  const outcome = await readOutcome(stage.databaseUrl, portals, options.nowAt);
  if (outcome.faults.length > 0) throw new Error(`the clean run contradicts itself: ${outcome.faults[0]}`);
  return { ...outcome, calls: stage.standIn.requestLog.total() };
}
