import type { AccountScore } from "@touchstone/shared/account-score.ts";
import type { AccountSnapshot } from "@touchstone/shared/account-snapshot.ts";
import type { CompiledModel } from "./compile-model.ts";
import { listPossibleFacts, type PossibleFact } from "./list-possible-facts.ts";
import { orderSnapshot } from "./order-snapshot.ts";
import { scoreAccount } from "./score-account.ts";
import { scoreTotals } from "./score-totals.ts";
import { fromThousandths, toThousandths } from "./thousandths.ts";

/** Something that would raise the score, with the points that it adds when it happens now. */
export interface NextPoints {
  readonly action: string;
  readonly points: number;
  /** True for an answer or a property whose worth depends on what it turns out to be: "up to". */
  readonly upTo: boolean;
}

interface Raise {
  readonly fact: PossibleFact;
  /** In thousandths. */
  readonly points: number;
}

/**
 * The cheapest next points: most points for the effort first, one for each kind of thing, and at most a third of them
 * (rounded up) things to look up and fill in. Each is found by scoring the account again with that one fact added, so it
 * is true to caps and windows. Costs up to about 200 scorings without a ledger.
 */
export function nextPoints(snapshot: AccountSnapshot, compiled: CompiledModel, now: number, most = 3): NextPoints[] {
  const before = scoreAccount(snapshot, compiled, now);
  if (before.score === null) return [];
  const tried = listPossibleFacts(snapshot, compiled.model, before, now).map((fact) => ({
    fact,
    points: gain(before, scoreTotals(orderSnapshot(fact.apply(snapshot)), compiled, now)),
  }));
  const least = leastOfGroups(tried);
  const ranked = tried
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points / b.fact.effort - a.points / a.fact.effort || b.points - a.points);
  return choose(ranked, most).map(({ fact, points }) => ({
    action: least.get(fact.group) === points ? fact.plainAction : fact.action,
    points: fromThousandths(points),
    upTo: fact.upTo,
  }));
}

const gain = (before: Pick<AccountScore, "score">, after: Pick<AccountScore, "score">): number =>
  toThousandths(after.score ?? 0) - toThousandths(before.score ?? 0);

function leastOfGroups(raises: readonly Raise[]): ReadonlyMap<string, number> {
  const least = new Map<string, number>();
  for (const { fact, points } of raises) least.set(fact.group, Math.min(points, least.get(fact.group) ?? points));
  return least;
}

function choose(ranked: readonly Raise[], most: number): Raise[] {
  const groups = new Set<string>();
  let fillIns = 0;
  const chosen = ranked.filter(({ fact }) => {
    if (groups.has(fact.group) || (fact.upTo && fillIns >= Math.ceil(most / 3))) return false;
    groups.add(fact.group);
    if (fact.upTo) fillIns++;
    return true;
  });
  return chosen.slice(0, most);
}
