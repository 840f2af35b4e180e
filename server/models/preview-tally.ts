import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { HotRule } from "@touchstone/shared/hot-rule.ts";
import type { BandPreview, PreviewView } from "@touchstone/shared/models-api.ts";
import type { ScoringModel } from "@touchstone/shared/scoring-model.ts";
import { judgeHot } from "../scoring/judge-hot.ts";
import type { ScoreTotals } from "../scoring/score-totals.ts";
import { countCapOverflow, type TierCap } from "./count-cap-overflow.ts";
import { keepLargest } from "./keep-largest.ts";

const most = { movers: 200, largest: 20, hot: 50 } as const;
const excludedBand = { key: "excluded", label: "Excluded" } as const;

export interface Mover {
  readonly companyId: string;
  readonly from: string;
  readonly to: string;
  readonly scoreFrom: number | null;
  readonly scoreTo: number | null;
}

/** What the portal decided beside its models. */
export interface PortalRules {
  readonly hot: HotRule;
  readonly tierCaps: readonly TierCap[];
}

/** Counts what a draft would change, an account at a time; holds a bounded number of accounts, whatever the portal's size. */
export function createPreviewTally(active: ScoringModel, draft: ScoringModel, { hot: rule, tierCaps }: PortalRules) {
  const bands = bandsOf(active, draft);
  const moves = new Map<string, { from: string; to: string; accounts: number }>();
  const movers = keepLargest<Mover>(most.movers);
  const largest = keepLargest<AccountSnapshot>(most.largest);
  const hot = keepLargest<string>(most.hot);
  let moved = 0;
  let newHot = 0;
  const count = (key: string, at: "before" | "after") => {
    const band = bands.get(key);
    if (band) band[at] += 1;
  };
  return {
    /** `isExcluded` says it of the priority model; it is asked only of the few that would be newly hot. */
    add: (snapshot: AccountSnapshot, before: ScoreTotals, after: ScoreTotals, isExcluded: () => boolean): void => {
      const [from, to] = [bandOf(before), bandOf(after)];
      count(from, "before");
      count(to, "after");
      const change = Math.abs((after.score ?? 0) - (before.score ?? 0));
      if (change > 0) largest.add(change, snapshot);
      if (draft.purpose === "readiness" && isOverLine(after, rule) && !isOverLine(before, rule) && !isExcluded()) {
        newHot += 1;
        hot.add(after.score ?? 0, snapshot.accountId);
      }
      if (from === to) return;
      moved += 1;
      const move = moves.get(`${from} ${to}`) ?? { from, to, accounts: 0 };
      moves.set(`${from} ${to}`, { ...move, accounts: move.accounts + 1 });
      const companyId = snapshot.accountId;
      movers.add(change, { companyId, from, to, scoreFrom: before.score, scoreTo: after.score });
    },
    /** Everything but names and explanations. */
    result: () => ({
      bands: [...bands.values()].toReversed().map((band): BandPreview => ({ ...band })),
      moved,
      moves: [...moves.values()].sort((a, b) => b.accounts - a.accounts).slice(0, 100),
      caps: draft.purpose === "priority" ? countCapOverflow(bands, tierCaps) : null,
      movers: movers.list(),
      largest: largest.list(),
      newHot: draft.purpose === "readiness" ? { accounts: newHot, ids: hot.list() } : null,
    }),
  } satisfies { add: unknown; result: () => Partial<Record<keyof PreviewView, unknown>> };
}

const bandOf = (score: ScoreTotals): string =>
  score.state === "excluded" ? excludedBand.key : (score.band?.key ?? "none");

/** By points and gate alone: what somebody did makes an account hot with either model. */
const isOverLine = (readiness: ScoreTotals, rule: HotRule): boolean =>
  judgeHot(nothingDone, { priority: notExcluded, readiness }, rule, 0).overLine;

const nothingDone = { properties: {}, signals: [], isOurTarget: false };
const notExcluded = { state: "scored", band: null } as const;

/** From the lowest up; bands that only the active model has stand under those of the draft. */
function bandsOf(
  active: ScoringModel,
  draft: ScoringModel,
): Map<string, { key: string; label: string; before: number; after: number }> {
  const kept = new Set(draft.bands.map((band) => band.key));
  const all = [excludedBand, ...active.bands.filter((band) => !kept.has(band.key)), ...draft.bands];
  return new Map(all.map(({ key, label }) => [key, { key, label, before: 0, after: 0 }]));
}
