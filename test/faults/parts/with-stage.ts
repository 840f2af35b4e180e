import { type Figures, findBreaches } from "../figures.ts";
import type { Trial } from "../row.ts";
import { openStage, type Stage, type StageOptions } from "./stage.ts";

/** A trial on a stage of its own, without a workload that is held against a clean run. What a failed one said is kept. */
export async function withStage(
  trial: Trial,
  options: Partial<StageOptions>,
  work: (stage: Stage) => Promise<Figures>,
): Promise<Figures> {
  const stage = await openStage({ ...trial, ...options });
  let isGood = false;
  try {
    const figures = await work(stage);
    isGood = findBreaches(figures).length === 0;
    return figures;
  } finally {
    if (!isGood && trial.tell) trial.tell(`    the processes' log: ${await stage.keepLog(trial.label)}`);
    await stage.close();
  }
}
