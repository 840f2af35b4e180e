import type { Transaction } from "kysely";
import type { Drift, Reconcile, ReconcileMark } from "../../db/reconciles.ts";
import type { Schema } from "../../db/schema.ts";
import type { MirrorType } from "../record-properties.ts";

/** One page of a step: who may differ, and where the next page begins. */
export interface Finding {
  /** Of this type are the suspects; the pass over links walks companies and suspects their people. */
  readonly type: MirrorType;
  readonly suspects: readonly string[];
  readonly checked: number;
  /** Null: the step is done. */
  readonly next: string | null;
  /** To be remembered beyond this run. */
  readonly mark?: Partial<ReconcileMark>;
  /** Differences that are no record's. */
  readonly drift?: Drift;
  /** What else the page brought; in the transaction that moves the run on. */
  save?(trx: Transaction<Schema>): Promise<void>;
}

/** What a pass is told of the run. */
export type Run = Pick<Reconcile, "scope" | "startedAt" | "pageAfter">;
