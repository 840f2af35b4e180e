import { addUp, describeFigures, type Figures, findBreaches } from "./figures.ts";
import { createCleanRuns } from "./parts/clean-runs.ts";
import { prepareGround } from "./parts/ground.ts";
import { type Asked, readArguments } from "./parts/read-arguments.ts";
import type { Row, Trial } from "./row.ts";
import { rows } from "./rows.ts";
import type { Backend } from "./size.ts";

/**
 * npm run faults [-- --rows F1,F6 --seeds N --first-seed N --backend postgres|redis|both --quick]: the fault matrix of
 * performance.md §6.2 on real parts. One line per row and backend, last a summary; exit 1 when a must-be is not met.
 */
async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2), rows);
  const startedAt = performance.now();
  const ground = await prepareGround();
  const clean = createCleanRuns(ground, Math.floor(Date.now() / 3_600_000) * 3_600_000);
  let failed = 0;
  let trials = 0;
  try {
    for (const row of asked.rows) {
      for (const backend of row.backends.filter((one) => asked.backends.includes(one))) {
        const done = await runSeeds(row, backend, asked, { ground, clean });
        trials += done.trials;
        failed += done.failed;
      }
    }
  } finally {
    await clean.stop();
    await ground.stop();
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  print(`${failed === 0 ? "All held" : `${failed} FAILED`}: ${trials} trials in ${seconds} s`);
  return failed === 0 && trials > 0 ? 0 : 1;
}

async function runSeeds(row: Row, backend: Backend, asked: Asked, parts: Pick<Trial, "ground" | "clean">) {
  const seeds = asked.seeds ?? row.seeds;
  const all: Figures[] = [];
  let failed = 0;
  for (let seed = asked.firstSeed; seed < asked.firstSeed + seeds; seed++) {
    const label = `${row.name}-${backend}-${seed}`;
    const breaches = await runSeed(row, { label, seed, backend, size: asked.size, main: null, ...parts }, all);
    if (breaches.length === 0) continue;
    failed += 1;
    print(`  ${row.name} ${backend} seed ${seed}: ${breaches.join("; ")}`);
    const quick = asked.isQuick ? " --quick" : "";
    print(`  again: npm run faults -- --rows ${row.name} --backend ${backend} --first-seed ${seed} --seeds 1${quick}`);
  }
  print(
    `${row.name} ${backend} ${failed === 0 ? "ok" : "FAILED"} ${row.description}: ${seeds} seeds, ${describeFigures(addUp(all))}`,
  );
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

process.exit(await main());
