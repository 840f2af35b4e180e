import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";

/** An engine in the benchmark. What `load` does is not timed: it compiles the rules and brings the accounts into form. */
export interface Contender {
  readonly name: string;
  load(accounts: readonly AccountSnapshot[]): Run;
}

/** Scores the account of this number and gives its total in points. */
export type Run = (index: number) => number | Promise<number>;
