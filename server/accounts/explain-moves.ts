import type { PortalId } from "@touchstone/shared/ids.ts";
import { readProofs } from "../db/account-scores.ts";
import type { Database } from "../db/database.ts";
import { explainMove } from "../scoring/explain-move.ts";
import { orderSnapshot } from "../scoring/order-snapshot.ts";
import { type Proof, unpackProof } from "../scoring/pack-proof.ts";
import type { PortalModels } from "./load-models.ts";
import type { Decided, FreshScore } from "./score-of.ts";

/** Why scores moved, in words, by account. Absent: the last score named a person who was erased meanwhile. */
export async function explainMoves(
  db: Database,
  portalId: PortalId,
  models: PortalModels,
  scored: readonly FreshScore[],
): Promise<Map<string, string[]>> {
  const moved = scored.flatMap(({ stored, decided }) => (decided ? [{ id: stored.accountId, decided }] : []));
  const ids = moved.map(({ id }) => id);
  const proofs = await readProofs(db, portalId, ids);
  const reasons = new Map<string, string[]>();
  for (const { id, decided } of moved) {
    const stored = proofs.get(id);
    const changes = stored && (await explain(unpackProof(stored.proof, stored.scoredAt), decided, models));
    if (changes) reasons.set(id, changes);
  }
  return reasons;
}

/** Null when a model version that made the last score is not kept. */
async function explain(before: Proof, { ordered, records }: Decided, models: PortalModels): Promise<string[] | null> {
  const [priority, readiness] = [
    await models.versions(before.priority.model, before.priority.version),
    await models.versions(before.readiness.model, before.readiness.version),
  ];
  if (!priority || !readiness) return null;
  const old = orderSnapshot(before.snapshot);
  const changes = [
    ...explainMove(
      { record: before.priority, ordered: old, compiled: priority },
      { record: records.priority, ordered, compiled: models.priority },
    ),
    ...explainMove(
      { record: before.readiness, ordered: old, compiled: readiness },
      { record: records.readiness, ordered, compiled: models.readiness },
    ),
  ];
  return [...new Set(changes.map((change) => change.text))];
}
