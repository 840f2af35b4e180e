import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { CompiledModel } from "./compile-model.ts";
import { orderSnapshot } from "./order-snapshot.ts";
import { recordScore } from "./record-score.ts";
import { writeLedger } from "./write-ledger.ts";

/**
 * Scores one account at the moment `now` (ms since 1970-01-01 UTC), in words. Pure: the same snapshot, model and moment give
 * the same score, byte for byte, in whatever order and however often the snapshot lists its people and signals. What is
 * dated after `now` is not seen, so that a past moment can be scored again.
 */
export function scoreAccount(snapshot: AccountSnapshot, compiled: CompiledModel, now: number): AccountScore {
  const ordered = orderSnapshot(snapshot);
  return writeLedger(recordScore(ordered, compiled, now), ordered, compiled);
}
