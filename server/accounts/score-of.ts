import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { LastScore, StoredScore } from "../db/account-scores.ts";
import { explainChange } from "../scoring/explain-change.ts";
import { orderSnapshot } from "../scoring/order-snapshot.ts";
import { packProof } from "../scoring/pack-proof.ts";
import type { ReadScore } from "../scoring/read-proof.ts";
import { recordScore } from "../scoring/record-score.ts";
import { writeLedger } from "../scoring/write-ledger.ts";
import type { PortalModels } from "./load-models.ts";
import { reasonOf } from "./reason-of.ts";
import { toOutput } from "./to-output.ts";

/** A score that was just made, in words, and as it is kept. */
export interface FreshScore extends ReadScore {
  readonly stored: Omit<StoredScore, "move">;
  readonly last: LastScore | null;
  /** Whether score, tier or readiness are others than before. */
  readonly moved: boolean;
}

/** A snapshot's score under both models, beside the last one. */
export function scoreOf(
  snapshot: AccountSnapshot,
  models: PortalModels,
  reading: { readonly snapshotNo: number; readonly at: number },
  last: LastScore | null,
): FreshScore {
  const ordered = orderSnapshot(snapshot);
  const records = {
    priority: recordScore(ordered, models.priority, reading.at),
    readiness: recordScore(ordered, models.readiness, reading.at),
  };
  const priority = writeLedger(records.priority, ordered, models.priority);
  const readiness = writeLedger(records.readiness, ordered, models.readiness);
  const tier = priority.state === "excluded" ? "excluded" : (priority.band?.key ?? null);
  const times = [priority.nextChangeAt, readiness.nextChangeAt].flatMap((at) => at ?? []);
  const stored = {
    accountId: snapshot.accountId,
    snapshotNo: reading.snapshotNo,
    proof: packProof({ snapshot, ...records }),
    models: namesOf(models),
    score: priority.score,
    tier,
    readiness: readiness.score,
    scoredAt: reading.at,
    nextChangeAt: times.length > 0 ? Math.min(...times) : null,
    output: toOutput(priority, readiness, reasonOf(priority, readiness)),
  };
  const moved = !last || last.score !== stored.score || last.tier !== tier || last.readiness !== stored.readiness;
  return { snapshot, priority, readiness, readinessModel: models.readiness.model, stored, last, moved };
}

/** "playbook-100 v2, readiness-10 v1" */
export const namesOf = ({ priority, readiness }: Pick<PortalModels, "priority" | "readiness">): string =>
  [priority, readiness].map(({ reference }) => `${reference.key} v${reference.version}`).join(", ");

/** As it is saved. `before` is the last score in words, null when it named a person who was erased meanwhile. */
export function toStored(fresh: FreshScore, before: ReadScore | null): StoredScore {
  const { stored, last, moved } = fresh;
  if (!moved) return { ...stored, move: null };
  const reasons = last === null ? ["First score"] : reasonsOf(before, fresh);
  return {
    ...stored,
    move: { replaces: last !== null, scoreFrom: last?.score ?? null, tierFrom: last?.tier ?? null, reasons },
  };
}

type Ledgers = { readonly priority: AccountScore; readonly readiness: AccountScore };

function reasonsOf(before: Ledgers | null, after: Ledgers): string[] {
  if (before === null) return [];
  const changes = [
    ...explainChange(before.priority, after.priority),
    ...explainChange(before.readiness, after.readiness),
  ];
  return [...new Set(changes.map((change) => change.text))];
}
