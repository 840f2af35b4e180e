import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { Contender, Run } from "./contender.ts";

export interface Measured {
  readonly name: string;
  /** Accounts per second of each round, in the order of the rounds. See `rateOf`. */
  readonly rates: readonly number[];
}

const batch = 20;

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
 * does not count, and on an idle one it is the time that passes.
 */
async function rateOf(run: Run, count: number, roundMs: number): Promise<number> {
  const endAt = performance.now() + roundMs;
  const before = process.cpuUsage();
  let done = 0;
  while (performance.now() < endAt) {
    for (let turn = 0; turn < batch; turn++) {
      const total = run(done++ % count);
      if (typeof total !== "number") await total;
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (done * 1e6) / (user + system);
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
