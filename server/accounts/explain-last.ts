import type { LastScore } from "../db/account-scores.ts";
import { explainMove } from "../scoring/explain-move.ts";
import { type OrderedSnapshot, orderSnapshot } from "../scoring/order-snapshot.ts";
import { unpackProof } from "../scoring/pack-proof.ts";
import type { ScoreRecord } from "../scoring/score-record.ts";
import type { PortalModels } from "./load-models.ts";

/** What a score was decided from, and what was decided. */
export interface Decided {
  readonly ordered: OrderedSnapshot;
  readonly records: Readonly<Record<"priority" | "readiness", ScoreRecord>>;
}

/**
 * Why a score is another than the last one, in words: what moved the priority score, which adds up to its difference, then what moved
 * readiness, each with that word before it. Nothing when the last one named a person who was erased meanwhile, or
 * a model version that made it is not kept.
 */
export async function explainLast(
  last: Pick<LastScore, "proof" | "scoredAt">,
  { ordered, records }: Decided,
  models: PortalModels,
): Promise<string[]> {
  if (last.proof === null) return [];
  const before = unpackProof(last.proof, last.scoredAt);
  const priority = await models.versions(before.priority.model, before.priority.version);
  const readiness = await models.versions(before.readiness.model, before.readiness.version);
  if (!priority || !readiness) return [];
  const old = orderSnapshot(before.snapshot);
  const ofPriority = explainMove(
    { record: before.priority, ordered: old, compiled: priority },
    { record: records.priority, ordered, compiled: models.priority },
  );
  const ofReadiness = explainMove(
    { record: before.readiness, ordered: old, compiled: readiness },
    { record: records.readiness, ordered, compiled: models.readiness },
  );
  return [...ofPriority.map(({ text }) => text), ...ofReadiness.map(({ text }) => `Readiness: ${text}`)];
}
