import type { HotRule } from "@touchstone/shared/hot-rule.ts";
import type { HotStanding } from "../db/hot-standing.ts";
import { judgeHot } from "../scoring/judge-hot.ts";
import type { FreshScore } from "./score-of.ts";

/** Where a freshly scored account stands to the hot rule, beside the models of its last score. */
export function hotStandingOf({ snapshot, stored, last, priority, readiness }: FreshScore, rule: HotRule): HotStanding {
  const { overLine, behaviour } = judgeHot(snapshot, { priority, readiness }, rule, stored.scoredAt);
  return {
    accountId: snapshot.accountId,
    snapshotNo: stored.snapshotNo,
    overLine,
    behaviourAt: behaviour?.at ?? null,
    behaviourKind: behaviour?.kind ?? null,
    readiness: readiness.score,
    quiet: last?.models !== stored.models,
  };
}
