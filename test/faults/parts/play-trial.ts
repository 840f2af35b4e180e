import { refusalCategories } from "@touchstone/shared/refusal-categories.ts";
import { passingRefusals } from "../../../server/db/write-failures.ts";
import { askDatabase } from "../../support/ask-database.ts";
import { count, type Figures, findBreaches, none, worst } from "../figures.ts";
import type { Trial } from "../row.ts";
import type { CleanRun } from "./clean-runs.ts";
import { judgeDeliveries } from "./deliveries.ts";
import { compareOutcomes, readOutcome } from "./outcome.ts";
import { settle } from "./settle.ts";
import { openStage, type Stage, type StageOptions } from "./stage.ts";
import { installWorkload, type Workload } from "./workload.ts";

/**
 * What a row does to the stage while users work. Whatever it took away must be back when it returns. Figures that are known at
 * rest only are returned as a function.
 */
export type Trouble = (stage: Stage, workload: Workload) => Promise<Figures | (() => Promise<Figures>)>;

export interface TrialOptions extends Partial<StageOptions> {
  /** Requests to HubSpot for each of the clean run, which makes all changes at once; for a trouble that does so too. */
  readonly mostCalls?: number;
}

const firstPortalId = 4_712_000;

/**
 * One trial: a stage of its own, the seed's workload, the row's trouble beside it, rest; then everything is held against
 * the clean run of the same seed. The row's own figures come after the common ones.
 */
export async function playTrial(trial: Trial, trouble: Trouble, options: Partial<StageOptions> = {}): Promise<Figures> {
  const clean = await trial.clean.of(trial.seed, trial.size);
  const stage = await openStage({ ...trial, ...options });
  let isGood = false;
  try {
    const figures = await playOn(stage, trial, clean, trouble, options);
    isGood = findBreaches(figures).length === 0;
    return figures;
  } finally {
    if (!isGood && trial.tell) trial.tell(`    the processes' log: ${await stage.keepLog(trial.label)}`);
    await stage.close();
  }
}

async function playOn(
  stage: Stage,
  trial: Trial,
  clean: CleanRun,
  trouble: Trouble,
  options: TrialOptions,
): Promise<Figures> {
  const { seed, size } = trial;
  const { nowAt } = trial.clean;
  const workload = await installWorkload(stage, { seed, size, nowAt, firstPortalId });
  stage.standIn.requestLog.reset();
  const own = await trouble(stage, workload);
  workload.playRest();
  await settle(stage, trial.patienceMs);
  const calls = stage.standIn.requestLog.total();
  const deliveries = await judgeDeliveries(stage);
  const found = await readOutcome(stage.databaseUrl, workload.portals, nowAt);
  const differences = compareOutcomes(clean, found);
  for (const reason of differences.reasons.slice(0, 5)) trial.tell?.(`    ${reason}`);
  return {
    events: count(deliveries.events),
    lost: none(deliveries.lost),
    "applied twice": none(deliveries.twice + differences.extraSignals),
    "scores that differ": none(differences.scores),
    contradictions: none(found.faults.length),
    "laid aside": none(await countLaidAside(stage, trial)),
    ...(options.mostCalls && { "calls per clean call": worst(calls / Math.max(1, clean.calls), options.mostCalls) }),
    ...(typeof own === "function" ? await own() : own),
  };
}

interface LaidAside {
  readonly subject: string;
  readonly category: string;
  readonly reason: string;
}

/**
 * Work that the product gave up on, which is told: none of the faults here is anybody's last word. A record that HubSpot did not
 * find, because it was deleted and restored meanwhile, is written again a while later: that is waited for, also where the worker
 * that was to do it has been killed and its jobs must be taken over first.
 */
async function countLaidAside(stage: Stage, trial: Trial): Promise<number> {
  const endAt = Date.now() + trial.patienceMs;
  for (;;) {
    const rows = await askDatabase<LaidAside>(
      stage.databaseUrl,
      `SELECT kind || ' ' || subject AS subject, '' AS category, reason FROM dead_letters
       UNION ALL SELECT object_type || ' ' || object_id, category, message FROM write_failures`,
    );
    const waited = [...passingRefusals, refusalCategories.untried];
    const passing = rows.filter(({ category }) => waited.some((one) => one === category));
    if (passing.length === 0 || Date.now() > endAt) {
      for (const { subject, reason } of rows.slice(0, 5)) trial.tell?.(`    laid aside: ${subject}: ${reason}`);
      return rows.length;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
