import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { Contender, Run } from "./contender.ts";

export interface Measured {
  readonly name: string;
  /** Accounts per second of each round, in the order of the rounds. See `rateOf`. */
  readonly rates: readonly number[];
}

const batch = 20;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Every engine once in each round, in turn and from another one each time, so that noise falls on all alike. */
export async function runRounds(
  contenders: readonly Contender[],
  accounts: readonly AccountSnapshot[],
  rounds: number,
  roundMs: number,
): Promise<Measured[]> {
  const entries = contenders.map((contender) => ({ contender, run: contender.load(accounts), rates: [] as number[] }));
  for (const { run } of entries) await rateOf(run, accounts.length, roundMs);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < entries.length; turn++) {
      const entry = entries[(turn + round) % entries.length];
      entry?.rates.push(await rateOf(entry.run, accounts.length, roundMs));
    }
  }
  return entries.map(({ contender, rates }) => ({ name: contender.name, rates }));
}

/**
 * Accounts per second of processor time, of all threads (garbage collection, native engines): what else runs on the machine
 * does not count, and on an idle one it is the time that passes. The clock starts after a moment, so that nobody pays for the
 * garbage and the cold caches of who ran before.
 */
async function rateOf(run: Run, count: number, roundMs: number): Promise<number> {
  collectGarbage();
  const first = await repeat(run, 0, count, roundMs / 5);
  const before = process.cpuUsage();
  const done = await repeat(run, first, count, roundMs);
  const { user, system } = process.cpuUsage(before);
  return (done * 1e6) / (user + system);
}

/** Gives how many accounts were scored, beginning with the one of number `first`. */
async function repeat(run: Run, first: number, count: number, forMs: number): Promise<number> {
  const endAt = performance.now() + forMs;
  let done = 0;
  while (performance.now() < endAt) {
    for (let turn = 0; turn < batch; turn++) {
      const total = run((first + done++) % count);
      if (typeof total !== "number") await total;
    }
  }
  return done;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Median of the rounds' own ratios: what both engines suffered in a round cancels out. */
export function ratioOf(a: Measured, b: Measured): number {
  return medianOf(a.rates.map((rate, round) => rate / (b.rates[round] ?? 1)));
}
