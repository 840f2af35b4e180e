import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { ScoringModel } from "@touchstone/shared/model-shape.ts";
import type { ModelShelf } from "./create-model-shelf.ts";
import { orderSnapshot } from "./order-snapshot.ts";
import { unpackProof } from "./pack-proof.ts";
import { writeLedger } from "./write-ledger.ts";

export interface ReadScore {
  readonly snapshot: AccountSnapshot;
  readonly priority: AccountScore;
  readonly readiness: AccountScore;
  /** The version that readiness was scored with. */
  readonly readinessModel: ScoringModel;
}

/** A stored score in words, written by the model versions that made it; null when one of them is not kept. */
export async function readProof(proof: string, scoredAt: number, shelf: ModelShelf): Promise<ReadScore | null> {
  const { snapshot, ...records } = unpackProof(proof, scoredAt);
  const ordered = orderSnapshot(snapshot);
  const [priority, readiness] = [
    await shelf(records.priority.model, records.priority.version),
    await shelf(records.readiness.model, records.readiness.version),
  ];
  return (
    priority &&
    readiness && {
      snapshot,
      priority: writeLedger(records.priority, ordered, priority),
      readiness: writeLedger(records.readiness, ordered, readiness),
      readinessModel: readiness.model,
    }
  );
}
