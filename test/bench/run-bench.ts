import { parseArgs } from "node:util";
import { benchIntake } from "./intake/bench-intake.ts";
import { benchScoring } from "./scoring/bench-scoring.ts";
import { describeWhatIf, runWhatIf } from "./what-if.ts";

/** `npm run bench -- [NAME…] [--quick]`: the benchmarks by name, all of them without one. */
const benches: Readonly<Record<string, (isQuick: boolean) => Promise<void>>> = {
  scoring: benchScoring,
  intake: benchIntake,
  "what-if": async (isQuick) => {
    const figures = await runWhatIf({ accounts: isQuick ? 5_000 : 100_000 });
    process.stdout.write(`${describeWhatIf(figures)}\n`);
  },
};

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  allowPositionals: true,
});
const names = positionals.length === 0 ? Object.keys(benches) : positionals;
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(`No benchmark ${unknown.join(", ")}: use ${Object.keys(benches).join(", ")}\n`);
  process.exitCode = 1;
} else {
  for (const name of names) await benches[name]?.(values.quick);
}
