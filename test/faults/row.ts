import type { Figures } from "./figures.ts";
import type { CleanRuns } from "./parts/clean-runs.ts";
import type { Ground } from "./parts/ground.ts";
import type { Backend, Size } from "./size.ts";

/** One seed of one row on one backend of the queue. */
export interface Trial {
  /** For file names: row, backend, seed. */
  readonly label: string;
  readonly seed: number;
  readonly backend: Backend;
  readonly size: Size;
  readonly ground: Ground;
  /** What the same seed ends with when nothing fails. */
  readonly clean: CleanRuns;
  /** Another program than this tree's server; null: this tree's. */
  readonly main: string | null;
  /** How long anything may take to come back or to rest. */
  readonly patienceMs: number;
  /** Takes what a person would want to know of a trial that goes wrong; null: nobody does. */
  readonly tell: ((line: string) => void) | null;
}

/** One line of performance.md §6.2: a file in `rows/` that exports this, and a line in `rows.ts`. */
export interface Row {
  /** F1 … F20 */
  readonly name: string;
  readonly description: string;
  /** Seeds on each backend that make up the count of performance.md §6.2; `--seeds` overrides. */
  readonly seeds: number;
  /** On which backends of the queue the fault means something. */
  readonly backends: readonly Backend[];
  /** Throws when the trial could not be carried out or never settled: that fails the run as well. */
  run(trial: Trial): Promise<Figures>;
}
