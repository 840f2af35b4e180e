import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { buildAccounts } from "./build-accounts.ts";
import { closures, closuresTotals } from "./closures.ts";
import type { Contender } from "./contender.ts";
import { generated } from "./generated.ts";
import { jsonLogic, jsonLogicFromSnapshot } from "./json-logic.ts";
import { jsonRules } from "./json-rules.ts";
import { type Measured, medianOf, ratioOf, runRounds } from "./run-rounds.ts";
import { meanRecordBytes, touchstone, touchstoneInWords, touchstoneTotals, touchstoneUnordered } from "./touchstone.ts";
import { zen } from "./zen.ts";

const contenders: readonly Contender[] = [
  touchstone,
  touchstoneUnordered,
  touchstoneInWords,
  touchstoneTotals,
  closures,
  closuresTotals,
  generated,
  jsonLogic,
  jsonLogicFromSnapshot,
  jsonRules,
  zen,
];
const signalsEach = 50;
const checked = 200;

/**
 * 30 criteria, 50 signals and 8 people for each account (performance.md §3), one process, one thread. Engines that want
 * another form of an account get it before the clock starts (numbers read, lists split), ours the ordered snapshot. What is
 * held against the goals is what the product computes and stores for each account: the full ledger as a record; a ledger in
 * words is written when somebody reads it, and has its own line. Seconds are of processor time. Prints a line for each
 * figure, a summary last.
 */
export async function benchScoring(isQuick: boolean): Promise<void> {
  const accounts = buildAccounts(2000, signalsEach);
  const difference = await compareTotals(accounts.slice(0, checked));
  print("totals agree on accounts", `${checked}, largest difference ${difference.toExponential(1)}`);
  print("a ledger as stored, JSON", `${Math.round(meanRecordBytes(accounts.slice(0, checked)))} bytes`);
  const measured = await runRounds(contenders, accounts, isQuick ? 3 : 7, isQuick ? 250 : 900);
  for (const one of measured) print(one.name, describe(one));
  const of = (contender: Contender): Measured =>
    measured.find(({ name }) => name === contender.name) ?? { name: contender.name, rates: [] };
  const ledger = ratioOf(of(touchstone), of(jsonLogic));
  const totals = ratioOf(of(touchstoneTotals), of(closures));
  print("ledger as stored ÷ json-logic-engine compiled", `${ledger.toFixed(2)} (goal 3)`);
  print(
    "ledger as stored ÷ json-logic-engine, both from the snapshot",
    times(touchstoneUnordered, jsonLogicFromSnapshot),
  );
  print("ledger as stored ÷ json-rules-engine", times(touchstone, jsonRules));
  print("ledger as stored ÷ zen-engine", times(touchstone, zen));
  print("ledger as stored ÷ closures with short reasons", times(touchstone, closures));
  print("ledger as stored ÷ generated code", times(touchstone, generated));
  print("ledger in words ÷ json-logic-engine compiled", times(touchstoneInWords, jsonLogic));
  print("totals only ÷ closures with short reasons", `${totals.toFixed(2)} (goal 0.8)`);
  print("totals only ÷ closures, totals only", times(touchstoneTotals, closuresTotals));
  const growth = await measureGrowth(isQuick);
  process.stdout.write(
    `scoring: ${Math.round(medianOf(of(touchstone).rates))} accounts/s with the full ledger as stored, ` +
      `${ledger.toFixed(2)} × json-logic-engine (in words ${times(touchstoneInWords, jsonLogic)} ×); ` +
      `totals ${totals.toFixed(2)} × closures; 16 × the signals cost ${growth.toFixed(1)} × the time\n`,
  );

  function times(a: Contender, b: Contender): string {
    return ratioOf(of(a), of(b)).toFixed(2);
  }
}

/** The largest difference between any engine's total and the first one's. Throws when it is not a rounding error. */
async function compareTotals(accounts: readonly AccountSnapshot[]): Promise<number> {
  const runs = contenders.map((contender) => ({ name: contender.name, run: contender.load(accounts) }));
  let largest = 0;
  for (let index = 0; index < accounts.length; index++) {
    let expected: number | null = null;
    for (const { name, run } of runs) {
      const total = await run(index);
      expected ??= total;
      const difference = Math.abs(total - expected);
      if (!(difference <= 1e-6)) throw new Error(`${name} gives account ${index} ${total} points, not ${expected}`);
      largest = Math.max(largest, difference);
    }
  }
  return largest;
}

/** Cost of an account with 1, 4 and 16 times the signals; gives how many times 16 × the signals cost. */
async function measureGrowth(isQuick: boolean): Promise<number> {
  const costs: number[] = [];
  for (const factor of [1, 4, 16]) {
    const accounts = buildAccounts(Math.round(2000 / factor), signalsEach * factor);
    const [ledger, totals] = await runRounds([touchstone, touchstoneTotals], accounts, 3, isQuick ? 200 : 600);
    const cost = 1e6 / medianOf(ledger?.rates ?? []);
    costs.push(cost);
    const text = `${cost.toFixed(1)} µs with the ledger, ${(1e6 / medianOf(totals?.rates ?? [])).toFixed(1)} µs totals only`;
    print(`an account with ${signalsEach * factor} signals`, text);
  }
  return (costs[2] ?? 0) / (costs[0] ?? 1);
}

function describe({ rates }: Measured): string {
  const figure = (rate: number) => Math.round(rate).toLocaleString("en-US");
  return `${figure(medianOf(rates))} accounts/s [${figure(Math.min(...rates))}..${figure(Math.max(...rates))}]`;
}

const print = (name: string, figure: string): boolean => process.stdout.write(`${name.padEnd(62)} ${figure}\n`);
