import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { HotRule } from "@touchstone/shared/hot-rule.ts";
import type { HotStanding } from "../db/hot-standing.ts";
import { judgeHot } from "../scoring/judge-hot.ts";

interface Scored {
  readonly snapshot: AccountSnapshot;
  readonly snapshotNo: number;
  readonly priority: Pick<AccountScore, "state" | "band" | "model">;
  readonly readiness: Pick<AccountScore, "score" | "gates" | "model">;
  readonly scoredAt: number;
}
type Model = AccountScore["model"];
type Last = { readonly priority: { readonly model: Model }; readonly readiness: { readonly model: Model } };

/** Where a freshly scored account stands to the hot rule, beside the models of its last score. */
export function hotStandingOf(scored: Scored, last: Last | null, rule: HotRule): HotStanding {
  const { snapshot, snapshotNo, priority, readiness, scoredAt } = scored;
  const { overLine, behaviour } = judgeHot(snapshot, { priority, readiness }, rule, scoredAt);
  return {
    accountId: snapshot.accountId,
    snapshotNo,
    overLine,
    behaviourAt: behaviour?.at ?? null,
    behaviourKind: behaviour?.kind ?? null,
    readiness: readiness.score,
    quiet:
      last === null || !(isSame(last.priority.model, priority.model) && isSame(last.readiness.model, readiness.model)),
  };
}

const isSame = (a: Model, b: Model): boolean => a.key === b.key && a.version === b.version;
