import { parseArgs } from "node:util";
import { startBenchDatabase } from "../bench/support/bench-database.ts";
import { describeOutcome, describeWeek, weekHeadings } from "./describe-run.ts";
import { simulate } from "./simulate.ts";

/**
 * npm run simulate -- --quarter [--seed N] [--quick]: 13 weeks of a portal of 2,000 accounts and 16,000 people on real parts, the clock
 * stepped by the hour; what must hold is checked after every step. `--quick` is 200 accounts for eight days. Exit 1 when something
 * did not hold.
 */
const sizes = {
  quarter: { accounts: 2_000, people: 16_000, hours: 13 * 168 },
  quick: { accounts: 200, people: 1_600, hours: 192 },
};

const { values } = parseArgs({
  options: {
    quarter: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
  },
});
const seed = Number(values.seed);
if (!values.quarter || !Number.isSafeInteger(seed) || seed < 0) {
  process.stderr.write("Use: npm run simulate -- --quarter [--seed N] [--quick]\n");
  process.exitCode = 1;
} else {
  process.exitCode = await run(values.quick ? sizes.quick : sizes.quarter, values.quick);
}

async function run(size: (typeof sizes)["quarter"], isQuick: boolean): Promise<number> {
  const startedAt = performance.now();
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  print(`A portal of ${size.accounts} accounts and ${size.people} people for ${size.hours} hours, seed ${seed}.\n`);
  print(weekHeadings);
  const postgres = await startBenchDatabase();
  try {
    const serverUrl = await postgres.createEmpty("simulations");
    const outcome = await simulate({ serverUrl, seed, ...size, onWeek: (week) => print(describeWeek(week)) });
    const again = `npm run simulate -- --quarter${isQuick ? " --quick" : ""} --seed ${seed}`;
    print(describeOutcome(outcome, { again, seconds: Math.round((performance.now() - startedAt) / 1000) }));
    return outcome.violation ? 1 : 0;
  } finally {
    await postgres.stop();
  }
}
