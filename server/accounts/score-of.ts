import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { LastScore, ScoreMove, StoredScore } from "../db/account-scores.ts";
import { explainChange } from "../scoring/explain-change.ts";
import { scoreAccount } from "../scoring/score-account.ts";
import type { PortalModels } from "./load-models.ts";
import { reasonOf } from "./reason-of.ts";
import { toOutput } from "./to-output.ts";

export interface FreshScore {
  readonly score: StoredScore;
  /** Null: neither score nor tier moved. */
  readonly move: ScoreMove | null;
}

/** A snapshot's score under both models, and how it moved since the last one. */
export function scoreOf(
  snapshot: AccountSnapshot,
  models: PortalModels,
  snapshotNo: number,
  now: number,
  last: LastScore | null,
): FreshScore {
  const priority = scoreAccount(snapshot, models.priority, now);
  const readiness = scoreAccount(snapshot, models.readiness, now);
  const { accountId } = snapshot;
  const tier = priority.state === "excluded" ? "excluded" : (priority.band?.key ?? null);
  const times = [priority.nextChangeAt, readiness.nextChangeAt].flatMap((at) => at ?? []);
  const score: StoredScore = {
    accountId,
    snapshotNo,
    snapshot,
    priority,
    readiness,
    score: priority.score,
    tier,
    scoredAt: now,
    nextChangeAt: times.length > 0 ? Math.min(...times) : null,
    output: toOutput(priority, readiness, reasonOf(priority, readiness)),
  };
  const moved =
    !last || last.score !== priority.score || last.tier !== tier || last.readiness.score !== readiness.score;
  if (!moved) return { score, move: null };
  const changes = last ? [...explainChange(last.priority, priority), ...explainChange(last.readiness, readiness)] : [];
  const reasons = last ? [...new Set(changes.map((change) => change.text))] : ["First score"];
  return {
    score,
    move: { accountId, snapshotNo, scoreFrom: last?.score ?? null, tierFrom: last?.tier ?? null, reasons },
  };
}
