import type { Band } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import { type HotRoute, hotRoutes } from "@touchstone/shared/hot-api.ts";
import type { HotRule } from "@touchstone/shared/hot-rule.ts";
import type { LastScore, StoredScore } from "../db/account-scores.ts";
import type { HotStanding } from "../db/hot-standing.ts";
import { judgeHot } from "../scoring/judge-hot.ts";
import type { ScoreTotals } from "../scoring/score-totals.ts";

interface Judged {
  readonly snapshot: AccountSnapshot;
  readonly stored: Pick<StoredScore, "snapshotNo" | "models" | "scoredAt">;
  readonly last: Pick<LastScore, "models"> | null;
  readonly priority: ScoreTotals;
  readonly readiness: ScoreTotals;
  /** See `HotFacts`. */
  readonly isOurTarget: boolean;
}

/** A model whose bands are all routes, as the checklist, decides the route (rows 50 and 79); any other sends to sales. */
function routeOf({ band }: ScoreTotals, bands: readonly Pick<Band, "key">[]): HotRoute {
  const named = (key: string | undefined) => hotRoutes.find((route) => route === key);
  return (bands.every(({ key }) => named(key)) ? named(band?.key) : undefined) ?? "sales";
}

/** Where a freshly scored account stands to the hot rule, beside the models of its last score. `bands` are those of the readiness model. */
export function hotStandingOf(
  { snapshot, stored, last, priority, readiness, isOurTarget }: Judged,
  rule: HotRule,
  bands: readonly Pick<Band, "key">[],
): HotStanding {
  const quiet = last?.models !== stored.models;
  // What is noted quietly is noted of every account: one that is put on the list tomorrow raises no alarm by what was there before.
  const facts = { ...snapshot, isOurTarget: isOurTarget || quiet };
  const { overLine, behaviour } = judgeHot(facts, { priority, readiness }, rule, stored.scoredAt);
  return {
    accountId: snapshot.accountId,
    snapshotNo: stored.snapshotNo,
    overLine,
    behaviourAt: behaviour?.at ?? null,
    behaviourKind: behaviour?.kind ?? null,
    readiness: readiness.score,
    route: routeOf(readiness, bands),
    quiet,
  };
}
