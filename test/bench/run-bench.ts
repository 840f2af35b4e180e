import { parseArgs } from "node:util";
import { benchIntake } from "./intake/bench-intake.ts";
import { benchPortals } from "./portals/bench-portals.ts";
import { benchQueue } from "./queue/bench-queue.ts";
import { benchRecompute } from "./recompute/bench-recompute.ts";
import { benchScoring } from "./scoring/bench-scoring.ts";
import { benchScreens } from "./screens/bench-screens.ts";
import { benchBackfill } from "./sync/bench-backfill.ts";
import { benchLimiter } from "./sync/bench-limiter.ts";
import { benchSync } from "./sync/bench-sync.ts";
import { benchTiers } from "./tiers/bench-tiers.ts";
import { describeWhatIf, runWhatIf } from "./what-if.ts";
import { benchWorkers } from "./workers/bench-workers.ts";

/**
 * `npm run bench -- [NAME…] [--quick | --full]`: the benchmarks by name, all of them without one. `--full` is the size that a
 * goal names where the usual one is a part of it.
 */
const benches: Readonly<Record<string, (isQuick: boolean, isFull: boolean) => Promise<void>>> = {
  scoring: benchScoring,
  recompute: benchRecompute,
  intake: benchIntake,
  queue: benchQueue,
  workers: benchWorkers,
  portals: benchPortals,
  backfill: benchBackfill,
  sync: benchSync,
  limiter: benchLimiter,
  tiers: benchTiers,
  screens: benchScreens,
  "what-if": async (isQuick) => {
    const figures = await runWhatIf({ accounts: isQuick ? 5_000 : 100_000 });
    process.stdout.write(`${describeWhatIf(figures)}\n`);
  },
};

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false }, full: { type: "boolean", default: false } },
  allowPositionals: true,
});
const names = positionals.length === 0 ? Object.keys(benches) : positionals;
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(`No benchmark ${unknown.join(", ")}: use ${Object.keys(benches).join(", ")}\n`);
  process.exitCode = 1;
} else {
  for (const name of names) await benches[name]?.(values.quick, values.full);
}
