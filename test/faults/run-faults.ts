import { addUp, describeFigures, type Figures, findBreaches, findBreachesInAll } from "./figures.ts";
import { createCleanRuns } from "./parts/clean-runs.ts";
import { prepareGround } from "./parts/ground.ts";
import { type Asked, readArguments } from "./parts/read-arguments.ts";
import { plantBug } from "./planted/plant-bug.ts";
import type { Row, Trial } from "./row.ts";
import { rows } from "./rows.ts";
import type { Backend } from "./size.ts";

/**
 * npm run faults [-- --rows F1,F6 --seeds N --first-seed N --backend postgres|redis|both --quick --part S]: the fault matrix of
 * performance.md §6.2 on real parts. One line per row and backend, last a summary; exit 1 when a must-be is not met.
 * --part S: that share of the accounts, changes and faults of each trial. --bugs NAMES: only these of F19; --plant NAME: with that bug in the product, so that the run has to fail.
 */
async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2), rows);
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  const ground = await prepareGround();
  const planted = asked.planted && (await plantBug(asked.planted));
  // Whole hours: a row that is run again soon has the same dates.
  const clean = createCleanRuns(ground, Math.floor(Date.now() / 3_600_000) * 3_600_000);
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const parts = { ground, clean, main: planted?.main ?? null, patienceMs: 120_000, tell };
  let [failed, trials] = [0, 0];
  const left: string[] = [];
  try {
    for (const { row, backend } of listRuns(asked)) {
      if (asked.stopAfterS !== null && seconds() > asked.stopAfterS) left.push(row.name);
      else {
        const done = await runSeeds(row, backend, asked, parts);
        trials += done.trials;
        failed += done.failed;
      }
    }
  } finally {
    await clean.stop();
    await ground.stop();
    await planted?.remove();
  }
  if (left.length > 0) print(`Not reached in the time of a quick run: ${left.join(", ")}`);
  print(`${failed === 0 ? "All held" : `${failed} FAILED`}: ${trials} trials in ${seconds()} s`);
  return failed === 0 && trials > 0 ? 0 : 1;
}

/** A quick run over all rows takes one backend for each in turn. */
function listRuns(asked: Asked): { row: Row; backend: Backend }[] {
  return asked.rows.flatMap((row, index) => {
    const possible = row.backends.filter((one) => asked.backends.includes(one));
    const chosen = asked.stopAfterS === null ? possible : possible.slice(index % 2).slice(0, 1);
    return chosen.map((backend) => ({ row, backend }));
  });
}

type Parts = Pick<Trial, "ground" | "clean" | "main" | "patienceMs" | "tell">;

async function runSeeds(row: Row, backend: Backend, asked: Asked, parts: Parts) {
  const seeds = asked.seeds ?? row.seeds;
  const all: Figures[] = [];
  let failed = 0;
  for (let seed = asked.firstSeed; seed < asked.firstSeed + seeds; seed++) {
    const label = `${row.name}-${backend}-${seed}`;
    const breaches = await runSeed(row, { label, seed, backend, size: asked.size, ...parts }, all);
    if (breaches.length === 0) continue;
    failed += 1;
    print(`  ${row.name} ${backend} seed ${seed}: ${breaches.join("; ")}`);
    const options = `${asked.sizeOption}${asked.planted ? ` --plant ${asked.planted.name}` : ""}`;
    print(
      `  again: npm run faults -- --rows ${row.name} --backend ${backend} --first-seed ${seed} --seeds 1${options}`,
    );
  }
  const total = addUp(all);
  const missed = findBreachesInAll(total);
  if (missed.length > 0) print(`  ${row.name} ${backend}: ${missed.join("; ")}`);
  failed += missed.length;
  const verdict = failed === 0 ? "ok" : "FAILED";
  print(`${row.name} ${backend} ${verdict} ${row.description}: seeds ${seeds}, ${describeFigures(total)}`);
  return { trials: seeds, failed };
}

async function runSeed(row: Row, trial: Trial, all: Figures[]): Promise<string[]> {
  try {
    const figures = await row.run(trial);
    all.push(figures);
    return findBreaches(figures);
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.exit(await main());
